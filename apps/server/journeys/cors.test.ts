import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readDocument } from "../laws/docs-markdown.js";
import { type Keyturn, startKeyturn } from "./stage/keyturn.js";
import { logInAdministrator } from "./stage/people.js";

const APP = "https://app.example.com";
const OTHER = "https://evil.example";

describe("pages of other origins", () => {
  let open: Keyturn;
  let closed: Keyturn;

  beforeAll(async () => {
    open = await startKeyturn("sqlite", { KEYTURN_ALLOWED_ORIGINS: `${APP}, http://localhost:3000` });
    closed = await startKeyturn("sqlite");
  });
  afterAll(async () => {
    await open.close();
    await closed.close();
  });

  const preflight = ({ address }: Keyturn, origin: string, path = "/graphql"): Promise<Response> =>
    fetch(address + path, {
      method: "OPTIONS",
      headers: {
        origin,
        "access-control-request-method": "POST",
        "access-control-request-headers": "authorization,content-type",
      },
    });
  const ask = (
    { address }: Keyturn,
    origin: string,
    headers: Record<string, string> = {},
  ): Promise<Response> =>
    fetch(`${address}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", origin, ...headers },
      body: JSON.stringify({ query: "{ viewer { loginName } }" }),
    });
  const corsOf = ({ headers }: Response): string[] =>
    [...headers.keys()].filter((name) => name.startsWith("access-control-"));

  it("call all that the document names, and nothing else", async () => {
    const { text } = readDocument("docs/configuration.md");
    const [, section = ""] = text.split("## Other origins");
    const named = [...(section.split("##")[0] ?? "").matchAll(/`(\/[\w./-]+)`/g)].map(
      ([, path = ""]) => path,
    );
    expect(named.length).toBeGreaterThan(5);
    const other = [
      "/",
      "/login",
      "/consent",
      "/oauth2/authorize",
      "/oauth2/end-session",
      "/playground",
      "/livez",
    ];
    for (const path of [...named, ...other]) {
      const { headers } = await preflight(open, APP, path);
      const expected = named.includes(path) ? APP : null;
      expect([path, headers.get("access-control-allow-origin")]).toEqual([path, expected]);
    }
  });

  it.each([APP, "http://localhost:3000"])(
    "call GraphQL from %s, which is configured, with a token",
    async (origin) => {
      const asked = await preflight(open, origin);
      expect(asked.status).toBe(204);
      expect(asked.headers.get("access-control-allow-origin")).toBe(origin);
      expect(asked.headers.get("access-control-allow-methods")).toBe("GET, POST");
      const allowed = asked.headers.get("access-control-allow-headers") ?? "";
      expect(allowed).toMatch(/^Content-Type, Authorization, /);
      for (const name of ["apollographql-client-name", "apollographql-client-version", "traceparent"])
        expect(allowed.split(", ")).toContain(name);
      const { token } = await logInAdministrator(open);
      const answer = await ask(open, origin, { authorization: `Bearer ${token}` });
      expect(answer.headers.get("access-control-allow-origin")).toBe(origin);
      expect(answer.headers.get("access-control-expose-headers")).toContain("X-Request-Id");
      expect(answer.headers.get("vary")).toMatch(/\bOrigin\b/i);
      expect(await answer.json()).toEqual({ data: { viewer: { loginName: "admin" } } });
    },
  );

  it("never with cookies", async () => {
    const answers = [await preflight(open, APP), await ask(open, APP)];
    for (const { headers } of answers) expect(headers.has("access-control-allow-credentials")).toBe(false);
  });

  it.each([OTHER, "https://app.example.com.evil.example", "http://app.example.com", "null"])(
    "read nothing from %s, which is not configured",
    async (origin) => {
      for (const { headers } of [await preflight(open, origin), await ask(open, origin)])
        expect(headers.has("access-control-allow-origin")).toBe(false);
    },
  );

  it.each(["/login", "/graphqlx", "/graphql/x", "/livez", "/playground"])(
    "reach %s from nowhere",
    async (path) => {
      for (const answer of [
        await preflight(open, APP, path),
        await fetch(open.address + path, { headers: { origin: APP } }),
      ])
        expect(corsOf(answer)).toEqual([]);
      expect([404, 405]).toContain((await preflight(open, APP, path)).status);
    },
  );

  it("are told of refusals too", async () => {
    const answer = await ask(open, APP, { authorization: "Bearer nonsense" });
    expect(answer.status).toBe(401);
    expect(answer.headers.get("access-control-allow-origin")).toBe(APP);
  });

  it("reach nothing where no origin is configured", async () => {
    const asked = await preflight(closed, APP);
    expect(asked.status).toBe(405);
    for (const answer of [asked, await ask(closed, APP)]) expect(corsOf(answer)).toEqual([]);
  });
});
