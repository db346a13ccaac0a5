import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { basic, bearer } from "./stage/client.js";
import { freePort } from "./stage/process.js";
import { startGateway, type Gateway } from "./stage/gateway.js";
import { startKeyturn, type Keyturn } from "./stage/keyturn.js";
import { createPerson, logIn, logInAdministrator, type LoggedInPerson } from "./stage/people.js";
import { sendBytes } from "./stage/wire.js";

describe("nginx", () => {
  let keyturn: Keyturn; let gateway: Gateway; let ann: LoggedInPerson; let host: string;
  beforeAll(async () => {
    const port = await freePort();
    host = `localhost:${port}`;
    keyturn = await startKeyturn("sqlite", { KEYTURN_TRUSTED_PROXIES: "127.0.0.1", KEYTURN_SCOPES: "orders:read=Read,orders:write=Change", KEYTURN_PUBLIC_URL: `http://${host}` });
    gateway = await startGateway(keyturn.address, port);
    const administrator = await logInAdministrator(keyturn);
    ann = await logIn(keyturn, await createPerson(administrator, "ann"));
  });
  afterAll(async () => { await gateway.close(); await keyturn.close(); });
  const ask = (line: string, headers: string[] = []) =>
    sendBytes(gateway.address, `${line}\r\nHost: ${host}\r\nConnection: close\r\n${headers.join("\r\n")}\r\n\r\n`);
  it("paths", async () => {
    const auth = `Authorization: ${basic("ann", ann.password).authorization}`;
    for (const path of ["/reports", "/orders/../reports", "//orders/reports", "/orders/..\\reports", "/orders/%2e%2e/reports", "/orders/..%2freports", "/orders/..%5creports", "/orders\\..\\reports", "/\\orders/reports", "/orders/.\t./reports", "/orders#/../reports", "/orders/./x/../../reports", "/orders/..;/reports", "/orders?/../../reports", "/ordersreports","///orders/reports", "http://x/orders", "http://x//orders/reports", "/orders%00/reports", "/%6frders", "/reports?scope=x", "/orders/..%252freports","/reports%2f..%2forders", "/orders/%2e%2e%5creports"])
      console.log(JSON.stringify(path), (await ask(`GET ${path} HTTP/1.1`, [auth])).replace(/^.*\r\n\r\n/s, (head) => head.slice(9, 12) + " ").slice(0, 150));
  });
  it("headers", async () => {
    const auth = `Authorization: ${basic("ann", ann.password).authorization}`;
    const show = async (name: string, line: string, headers: string[]) => console.log(name, (await ask(line, headers)).replace(/^.*?\r\n\r\n/s, (head) => head.slice(9, 12) + " ").slice(0, 700));
    await show("cookie space", "GET /orders HTTP/1.1", [`Cookie: a=b; keyturn_session =${ann.token}`]);
    await show("cookie space + auth", "GET /orders HTTP/1.1", [auth, `Cookie: a=b; keyturn_session =${ann.token}`]);
    await show("cookie twice", "GET /orders HTTP/1.1", [auth, `Cookie: a=b`, `Cookie: keyturn_session=${ann.token}`]);
    await show("cookie comma", "GET /orders HTTP/1.1", [auth, `Cookie: a=b, keyturn_session=${ann.token}`]);
    await show("cookie quote", "GET /orders HTTP/1.1", [auth, `Cookie: keyturn_session="${ann.token}"`]);
    await show("auth twice", "GET /orders HTTP/1.1", [auth, auth]);
    await show("role underscore", "GET /orders HTTP/1.1", [auth, "X_Keyturn_Role: ADMINISTRATOR", "X-Keyturn-Scopes: orders:write", "X-Keyturn-Scopes: y"]);
    await show("connection names", "GET /orders HTTP/1.1", [auth, "Connection: X-Keyturn-Role, X-Keyturn-Account"]);
    await show("override", "GET /orders HTTP/1.1", [auth, "X-HTTP-Method-Override: DELETE"]);
    await show("te+cl", "POST /orders HTTP/1.1", [auth, "Content-Length: 5", "Transfer-Encoding: chunked", "", "0", "", "GET /reports HTTP/1.1"]);
    await show("lower", "get /orders HTTP/1.1", [auth]);
    await show("1.0", "GET /orders HTTP/1.0", [auth]);
    await show("xff", "GET /orders HTTP/1.1", [auth, "X-Forwarded-For: 6.6.6.6", "X-Forwarded-Proto: https", "X-Forwarded-Host: evil", "X-Original-URL: http://evil/", "Forwarded: for=1.2.3.4;host=evil","X-Real-IP: 9.9.9.9"]);
    await show("POST cookie no xrw", "POST /orders HTTP/1.1", [`Cookie: keyturn_session=${ann.token}`, "Content-Length: 0"]);
    await show("Proxy-Authorization", "GET /orders HTTP/1.1", [auth, "Proxy-Authorization: secret"]);
  });
});
