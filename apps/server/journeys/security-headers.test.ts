import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openFormBrowser } from "./stage/forms.js";
import { ADMINISTRATOR, type Keyturn, startKeyturn } from "./stage/keyturn.js";
import { sendBytes } from "./stage/wire.js";

const NO_PAGE = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
const PAGE =
  "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
const NONCE = "'nonce-([A-Za-z0-9+/=]{24})'";
const WEB = new RegExp(
  `^default-src 'none'; script-src 'self'; style-src 'self' ${NONCE}; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'$`,
);
const COMMON = {
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": expect.stringContaining("camera=()"),
};

const json = { "content-type": "application/json" };
const query = (text: string): RequestInit => ({
  method: "POST",
  headers: json,
  body: JSON.stringify({ query: text }),
});

type Asked = [what: string, path: string, init: RequestInit, status: number];

function named(all: readonly Asked[]): { what: string; path: string; init: RequestInit; status: number }[] {
  return all.map(([what, path, init, status]) => ({ what, path, init, status }));
}

/** Every kind of answer that is no page, and its status. */
const NO_PAGES = named([
  ["an answer of GraphQL", "/graphql", query("{ __typename }"), 200],
  ["GraphQL by GET", "/graphql?query={__typename}", {}, 200],
  ["a query that does not parse", "/graphql", query("{"), 400],
  [
    "a refused credential",
    "/graphql",
    { ...query("{ viewer { id } }"), headers: { ...json, authorization: "Bearer x" } },
    401,
  ],
  ["broken JSON", "/graphql", { method: "POST", headers: json, body: "{" }, 400],
  ["a body of another type", "/graphql", { method: "POST", body: "a=b" }, 415],
  ["a body that is too long", "/graphql", { method: "POST", headers: json, body: " ".repeat(102_401) }, 413],
  ["an unknown address", "/nowhere", {}, 404],
  ["an address that cannot be read", "/%zz", {}, 400],
  ["an unknown address below the root's own", "/nowhere/at/all", {}, 404],
  ["an unknown method", "/login", { method: "DELETE" }, 405],
  ["an unknown method at a mailed link", "/reset-password/ktm_x", { method: "PUT" }, 405],
  ["liveness", "/livez", {}, 200],
  ["readiness", "/readyz", {}, 200],
  ["the way to the account settings", "/", {}, 303],
  ["the way to the login", "/playground", {}, 303],
  ["the way from a step-up to the login", "/step-up", {}, 303],
  ["a file of the playground that is not there", "/playground/assets/x.js", {}, 404],
]);
const WEB_PAGES = named([
  ["the login", "/login", {}, 200],
  ["the head of the login", "/login", { method: "HEAD" }, 200],
  ["the request for a reset", "/reset-password", {}, 200],
]);
const PLAIN_PAGES = named([
  ["a dead link to set a password", "/reset-password/ktm_x", {}, 200],
  ["a dead link to confirm an address", "/confirm-email/ktm_x", {}, 200],
  ["the answer to a request for a reset", "/reset-password?done=requested", {}, 200],
  [
    "a refused form",
    "/login",
    { method: "POST", headers: { "content-type": "application/x-www-form-urlencoded" }, body: "a=b" },
    403,
  ],
  ["an unknown address that is looked at", "/nowhere", { headers: { accept: "text/html,*/*;q=0.8" } }, 404],
  ["a form that cannot be read", "/login", { method: "POST", headers: json, body: "{}" }, 415],
]);

describe.each([
  ["http", "http://localhost:4000", null],
  ["https", "https://id.example.com", "max-age=63072000"],
])("the headers of an answer, over %s", (_, publicUrl, transport) => {
  let keyturn: Keyturn;
  beforeAll(async () => {
    keyturn = await startKeyturn("sqlite", { KEYTURN_PUBLIC_URL: publicUrl });
  });
  afterAll(() => keyturn.close());

  /** What is not read to its end would keep its connection, and the server from closing. */
  const ask = async (path: string, init: RequestInit): Promise<Response> => {
    const response = await fetch(keyturn.address + path, { redirect: "manual", ...init });
    return new Response(await response.text(), response);
  };
  const expectHeaders = (headers: Headers, particular: Record<string, unknown>): void => {
    expect(Object.fromEntries(headers)).toMatchObject({ ...COMMON, ...particular });
    expect(headers.get("strict-transport-security")).toBe(transport);
    expect(headers.get("content-security-policy")).not.toContain("unsafe");
    expect(headers.get("x-request-id")).not.toBe("");
    expect(headers.has("access-control-allow-origin")).toBe(false);
    expect(headers.has("server")).toBe(false);
    expect(headers.has("x-powered-by")).toBe(false);
  };

  it.each(NO_PAGES)("keep a browser from doing anything with $what", async ({ path, init, status }) => {
    const answer = await ask(path, init);
    expect(answer.status).toBe(status);
    const cache = { "cache-control": "no-store", "referrer-policy": "no-referrer" };
    expectHeaders(answer.headers, { ...cache, "content-security-policy": NO_PAGE });
  });

  it.each(PLAIN_PAGES)(
    "let $what load its stylesheet and send its form, and nothing else",
    async ({ path, init, status }) => {
      const answer = await ask(path, init);
      expect(answer.status).toBe(status);
      const cache = { "cache-control": "no-store", "referrer-policy": "same-origin" };
      expectHeaders(answer.headers, { ...cache, "content-security-policy": PAGE });
      expect(await answer.text()).not.toMatch(/<script|<style|\sstyle=|\son[a-z]+=/);
    },
  );

  it.each(WEB_PAGES)(
    "let $what run the application's own script alone, under a nonce of its own each time",
    async ({ path, init, status }) => {
      const nonces = [await ask(path, init), await ask(path, init)].map((answer) => {
        expect(answer.status).toBe(status);
        expectHeaders(answer.headers, { "cache-control": "no-store", "referrer-policy": "same-origin" });
        const policy = answer.headers.get("content-security-policy") ?? "";
        const [, nonce] = WEB.exec(policy) ?? [policy];
        return nonce;
      });
      expect(nonces).toEqual([expect.stringMatching(/^[\w+/]{22}==$/), expect.anything()]);
      expect(new Set(nonces).size).toBe(2);
      const inline = /<script(?![^>]* src="\/assets\/)|<style|\sstyle=|\son[a-z]+=/;
      expect(await (await ask(path, init)).text()).not.toMatch(inline);
    },
  );

  it("let the stylesheet of the pages be kept", async () => {
    const address = /href="(\/pages\/[^"]+)"/.exec(await (await ask("/login", {})).text())?.[1] ?? "";
    const answer = await ask(address, {});
    expect(answer.headers.get("content-type")).toBe("text/css; charset=utf-8");
    expectHeaders(answer.headers, { "cache-control": "public, max-age=31536000, immutable" });
  });

  it("give the playground a nonce of its own each time, and let its files be kept", async () => {
    const browser = openFormBrowser(keyturn);
    await browser.get("/login");
    await browser.submit(ADMINISTRATOR);
    const nonces = [await browser.get("/playground"), await browser.get("/playground")].map(
      ({ headers, html }) => {
        expectHeaders(headers, { "cache-control": "no-store", "content-type": "text/html; charset=utf-8" });
        const policy = headers.get("content-security-policy") ?? "";
        const [, nonce = ""] =
          new RegExp(
            `^default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self' ${NONCE}; font-src 'self' data:; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'$`,
          ).exec(policy) ?? [];
        expect(html).toContain(`<meta name="csp-nonce" nonce="${nonce}"`);
        return { nonce, html };
      },
    );
    expect(new Set(nonces.map(({ nonce }) => nonce)).size).toBe(2);
    const script = /src="(\/playground\/assets\/[^"]+[.]js)"/.exec(nonces[0]?.html ?? "")?.[1] ?? "";
    const answer = await ask(script, {});
    expect(answer.status).toBe(200);
    expectHeaders(answer.headers, { "cache-control": "public, max-age=31536000, immutable" });
  });

  it("stand on what is no request of HTTP as well", async () => {
    const head = (await sendBytes(keyturn.address, "nonsense\r\n\r\n")).split("\r\n\r\n")[0] ?? "";
    const lines = head
      .split("\r\n")
      .slice(1)
      .map((line) => line.split(": ") as [string, string]);
    expectHeaders(new Headers(lines), { "content-security-policy": NO_PAGE, "cache-control": "no-store" });
  });
});
