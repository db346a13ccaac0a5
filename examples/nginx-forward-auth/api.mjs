import { createServer } from "node:http";

// A small REST API that knows no passwords, no tokens and no sessions: it believes the gateway in front of it.
// So nothing but the gateway may reach it: it listens on this machine alone.

const port = Number(process.env.PORT ?? 4001);
const orders = [{ id: 1, item: "lamp", by: "shop" }];

// Whoever goes away before the body is whole takes nobody else along.
const server = createServer((request, response) => {
  respond(request, response).catch(() => response.destroy());
});

async function respond(request, response) {
  // As it is: URL would read another path out of //orders/reports than the gateway judged.
  const [pathname] = (request.url ?? "/").split("?");
  const who = readWho(request.headers);
  const answer = (status, body) => {
    response.writeHead(status, { "content-type": "application/json" });
    response.end(`${JSON.stringify(body)}\n`);
  };
  if (who.account === "") return answer(500, { message: "This came past the gateway." });
  if (pathname === "/reports") return answer(200, { orders: orders.length, for: who.loginName });
  if (pathname !== "/orders") return answer(404, { message: "There is nothing here." });
  if (request.method === "GET") return answer(200, { orders, who, headers: request.headers });
  if (request.method !== "POST") return answer(405, { message: "Use GET or POST." });
  const order = { id: orders.length + 1, item: String(await readItem(request)), by: who.loginName };
  orders.push(order);
  return answer(201, { order });
}

// Who sent a request, as Keyturn told the gateway. A header that was empty is not there.
function readWho(headers) {
  const read = (name) => headers[`x-keyturn-${name}`] ?? "";
  return {
    account: read("account"),
    loginName: decodeURIComponent(read("login-name")),
    role: read("role"),
    credential: read("credential"),
    assurance: read("assurance"),
    scopes: read("scopes").split(" ").filter(Boolean),
  };
}

async function readItem(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  try {
    return JSON.parse(Buffer.concat(chunks).toString()).item;
  } catch {
    return "something";
  }
}

server.listen(port, "127.0.0.1", () =>
  console.log(`The API listens on http://127.0.0.1:${server.address().port}`),
);
