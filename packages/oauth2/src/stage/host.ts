import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createOAuthProvider } from "../create-oauth-provider.js";
import { fetchHandler } from "../fetch-handler.js";
import { createMemoryStores } from "../memory-stores.js";
import { createKeyring } from "../signing-keys.js";
import { ann, client, proven } from "./provider.js";

const CALLBACK = "http://127.0.0.1/callback";

/** A host of web-standard requests on a free port, where ann is logged in with two factors and allows everything. */
export async function startHost(): Promise<{ issuer: URL; callback: string; close: () => void }> {
  const stores = createMemoryStores();
  stores.accounts.set("ann", { active: true, claims: { name: "Ann", email: "ann@example.com" } });
  stores.accounts.set("robot", { active: true, claims: {} });
  stores.clients.set("shop", client({ redirectUris: [CALLBACK] }));
  stores.clients.set("phone", client({ id: "phone", secretDigest: null, redirectUris: [CALLBACK] }));
  let serve: ((request: Request) => Promise<Response | null>) | null = null;
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const headers = new Headers();
    for (const [name, value] of Object.entries(request.headers)) headers.set(name, String(value));
    const body = request.method === "POST" ? await request.setEncoding("utf8").toArray() : null;
    const asked = new Request(new URL(request.url ?? "/", issuer), {
      ...{ method: request.method ?? "GET", headers },
      ...(body === null ? {} : { body: body.join("") }),
    });
    const given = (await serve?.(asked)) ?? new Response(null, { status: 404 });
    response.writeHead(given.status, Object.fromEntries(given.headers)).end(await given.text());
  };
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const issuer = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const provider = createOAuthProvider({
    ...{ issuer: issuer.origin, stores, keyring: createKeyring(stores.keys), scopes: client().scopes },
  });
  serve = fetchHandler(provider, {
    async authorize(outcome) {
      const person = ann(proven(Date.now()));
      const given =
        outcome.kind === "asked"
          ? await provider.grantAuthorization({ request: outcome.request, person })
          : outcome;
      if (given.kind === "page") return new Response(given.refusal.description, { status: 400 });
      const { status, headers } = given.answer;
      return new Response(null, { status, headers });
    },
  });
  return {
    issuer,
    callback: `${CALLBACK.replace("127.0.0.1", "127.0.0.1:51004")}`,
    close: () => void server.close(),
  };
}
