import { describe, expect, it } from "vitest";
import { judgeCookie } from "./cookie.policy.js";

type Headers = Readonly<Record<string, string | readonly string[]>>;

interface Asked {
  readonly peer?: "trusted" | "untrusted";
  readonly method?: string;
  readonly publicUrl?: string;
}

/** The reason for which the cookie does not count, or `counts`. */
function judge(headers: Headers, asked: Asked = {}): string {
  const { peer = "trusted", method = "GET", publicUrl = "https://id.example.com" } = asked;
  const values = Object.entries(headers).map(([name, value]) => [name, [value].flat()] as const);
  const use = { headers: Object.fromEntries(values), method, peer, publicUrl: new URL(publicUrl) };
  return String(judgeCookie(use)?.details["reason"] ?? "counts");
}

const OWN = { host: "id.example.com" };
const GATEWAY = { host: "10.0.0.5:4000", "x-original-method": "GET" };

describe("a session's cookie by its host", () => {
  it.each<[string, Headers]>([
    ["the host of the request itself", { ...GATEWAY, ...OWN }],
    ["what a gateway forwards", { ...GATEWAY, "x-forwarded-host": "id.example.com" }],
    ["its other spelling", { ...GATEWAY, "x-forwarded-host": "ID.example.com:443" }],
    ["the address that a gateway was asked", { ...GATEWAY, "x-original-url": "https://id.example.com/a?b" }],
    ["an address without a host", { ...GATEWAY, ...OWN, "x-original-url": "/orders" }],
  ])("counts where Keyturn's own is %s", (_, headers) => {
    expect(judge(headers)).toBe("counts");
  });

  it.each<[string, Headers]>([
    ["the host of the request itself", { ...GATEWAY }],
    ["no host at all", { "x-original-method": "GET" }],
    ["what a gateway forwards", { ...GATEWAY, ...OWN, "x-forwarded-host": "orders.example.com" }],
    ["a host with another port", { ...GATEWAY, "x-forwarded-host": "id.example.com:8443" }],
    ["a host below", { ...GATEWAY, "x-forwarded-host": "evil.id.example.com" }],
    ["one of several", { ...GATEWAY, "x-forwarded-host": "id.example.com, orders.example.com" }],
    ["one of two headers", { ...GATEWAY, "x-forwarded-host": ["id.example.com", "orders.example.com"] }],
    ["an empty one", { ...GATEWAY, ...OWN, "x-forwarded-host": "" }],
    ["one that begins as a user's name", { ...GATEWAY, "x-forwarded-host": "a@id.example.com" }],
    ["one with a path", { ...GATEWAY, "x-forwarded-host": "id.example.com/x" }],
    [
      "the address that a gateway was asked",
      { ...GATEWAY, ...OWN, "x-original-url": "https://orders.example.com/" },
    ],
    ["an address that is none", { ...GATEWAY, ...OWN, "x-original-url": "id.example.com" }],
    [
      "one of both ways to say it",
      { ...GATEWAY, "x-forwarded-host": "id.example.com", "x-original-url": "https://orders.example.com/" },
    ],
  ])("does not count where another's is %s", (_, headers) => {
    expect(judge(headers)).toBe("cookieElsewhere");
  });

  it("is judged by the request itself where nobody trusted tells more, who can refuse all the same", () => {
    const peer = "untrusted";
    expect(judge(OWN, { peer })).toBe("counts");
    expect(judge({ host: "a.example.com", "x-forwarded-host": "id.example.com" }, { peer })).toBe(
      "cookieElsewhere",
    );
    expect(judge({ ...OWN, "x-forwarded-host": "a.example.com" }, { peer })).toBe("cookieElsewhere");
  });

  it("knows Keyturn's own port", () => {
    const publicUrl = "http://localhost:4000";
    expect(judge({ ...GATEWAY, host: "localhost:4000" }, { publicUrl })).toBe("counts");
    expect(judge({ ...GATEWAY, host: "localhost" }, { publicUrl })).toBe("cookieElsewhere");
  });
});

describe("a session's cookie by the method", () => {
  it.each<[string, Headers]>([
    ["GET", { "x-original-method": "GET" }],
    ["HEAD", { "x-forwarded-method": "HEAD" }],
    ["OPTIONS", { "x-original-method": "OPTIONS", "x-forwarded-method": "OPTIONS" }],
  ])("counts for %s", (_, headers) => {
    expect(judge({ ...OWN, ...headers }, { method: "POST" })).toBe("counts");
  });

  it.each<[string, Headers]>([
    ["POST", { "x-original-method": "POST" }],
    ["DELETE", { "x-forwarded-method": "DELETE" }],
    ["TRACE", { "x-original-method": "TRACE" }],
    ["PROPFIND", { "x-original-method": "PROPFIND" }],
    ["a method in lower case", { "x-original-method": "get" }],
    ["an empty one", { "x-original-method": "" }],
    ["two that differ", { "x-original-method": "GET", "x-forwarded-method": "POST" }],
    ["two in one", { "x-original-method": ["GET", "POST"] }],
    ["a method that a trusted gateway does not say", {}],
  ])("counts for %s only with X-Requested-With", (_, headers) => {
    expect(judge({ ...OWN, ...headers })).toBe("cookieUnsafe");
    expect(judge({ ...OWN, ...headers, "x-requested-with": "fetch" })).toBe("counts");
    expect(judge({ ...headers, host: "a.example.com", "x-requested-with": "fetch" })).toBe("cookieElsewhere");
  });

  it("is judged by the request itself where nobody trusted tells more, who can refuse all the same", () => {
    const peer = "untrusted";
    expect(judge(OWN, { peer })).toBe("counts");
    expect(judge(OWN, { peer, method: "POST" })).toBe("cookieUnsafe");
    expect(judge({ ...OWN, "x-original-method": "GET" }, { peer, method: "POST" })).toBe("cookieUnsafe");
    expect(judge({ ...OWN, "x-original-method": "POST" }, { peer })).toBe("cookieUnsafe");
  });
});
