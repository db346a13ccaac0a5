import { once } from "node:events";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { ROOT } from "../laws/docs-markdown.js";
import { letPass } from "../src/http/forward-auth/answer.js";
import { readRequirements } from "../src/http/forward-auth/requirements.policy.js";
import { EXAMPLE, startApi } from "./stage/gateway.js";
import { sendRaw } from "./stage/wire.js";

const text = (file: string): string => readFileSync(`${ROOT}${EXAMPLE}/${file}`, "utf8");

/** The headers that an answer says who passed with, as the code itself writes them. */
const TOLD = toldHeaders();
const CREDENTIALS = ["authorization", "x-cybozu-authorization", "x-cybozu-api-token", "cookie"];

function toldHeaders(): string[] {
  const names: string[] = [];
  const reply = {
    header: (name: string) => {
      names.push(name);
      return reply;
    },
    status: () => reply,
    send: () => reply,
  };
  letPass(reply as never, { account: { id: "1", loginName: "a", role: "USER" } } as never);
  return names;
}

function requirementsIn(address: string): object {
  const { pathname, searchParams } = new URL(address);
  expect(pathname).toBe("/forward-auth");
  return readRequirements({
    place: "at the address",
    query: searchParams,
    header: undefined,
    peer: "trusted",
  });
}

const READ = { scopes: ["orders:read"], role: null, assurance: null, maxAge: null };
const WRITE = { ...READ, scopes: ["orders:write"] };
const REPORTS = { scopes: [], role: "administrator", assurance: "two_factor", maxAge: 900 };

/** Every spelling of the six with an underscore: CGI (RFC 3875, section 4.1.18) and WSGI make one name of all. */
const SPELLINGS = TOLD.flatMap((name) =>
  name
    .split("-")
    .reduce<string[]>(
      (begun, part) => begun.flatMap((start) => ["-", "_"].map((by) => start + by + part)),
      [""],
    )
    .filter((spelling) => spelling.startsWith("-"))
    .map((spelling) => spelling.slice(1))
    .filter((spelling) => spelling.includes("_")),
);

it("an answer tells who passed in six headers", () => {
  expect(TOLD).toHaveLength(6);
});

describe("the example's nginx.conf", () => {
  const conf = text("nginx.conf");

  it("takes each of the six from Keyturn, and gives each to the API", () => {
    for (const name of TOLD) {
      const variable = name.replace("x-", "").replaceAll("-", "_");
      expect(conf).toMatch(new RegExp(`auth_request_set \\$${variable} +\\$upstream_http_x_${variable};`));
      expect(conf).toMatch(new RegExp(`proxy_set_header ${name} +\\$${variable};`, "i"));
    }
  });

  it("requires what Keyturn understands", () => {
    const addresses = [...conf.matchAll(/proxy_pass (http:\/\/keyturn\S+);/g)].map(
      ([, address = ""]) => address,
    );
    expect(addresses.map((each) => requirementsIn(each.replace("$orders_scope", "orders:read")))).toEqual([
      READ,
      REPORTS,
    ]);
  });
});

it("the example's nginx.conf lets no name with an underscore through, whatever stands around it", () => {
  const settings = [
    ...text("nginx.conf").matchAll(/(underscores_in_headers|ignore_invalid_headers) (\w+);/g),
  ];
  expect(settings.map(([, name, value]) => [name, value])).toEqual([
    ["underscores_in_headers", "off"],
    ["ignore_invalid_headers", "on"],
  ]);
});

describe("the example's traefik.yml", () => {
  const { http } = parse(text("traefik.yml"));
  const routers = Object.entries<{ middlewares: string[]; rule: string }>(http.routers);
  const asking = Object.entries<{ forwardAuth?: Record<string, unknown> }>(http.middlewares).flatMap(
    ([name, { forwardAuth }]) => (forwardAuth === undefined ? [] : [[name, forwardAuth] as const]),
  );

  it("asks Keyturn on every way to the API, after a client's claims went and before its credential goes", () => {
    expect(routers.map(([, { middlewares }]) => middlewares)).toEqual([
      ["without-claims", "keyturn-orders-read", "without-credential"],
      ["without-claims", "keyturn-orders-write", "without-credential"],
      ["without-claims", "keyturn-reports", "without-credential"],
    ]);
  });

  it("requires what Keyturn understands", () => {
    expect(asking.map(([, { address }]) => requirementsIn(String(address)))).toEqual([READ, WRITE, REPORTS]);
  });

  it("takes all six headers from Keyturn, and no forwarded header from a client", () => {
    for (const [name, { authResponseHeaders, trustForwardHeader, authRequestHeaders }] of asking) {
      expect(
        (authResponseHeaders as string[]).map((each) => each.toLowerCase()),
        name,
      ).toEqual(TOLD);
      expect(trustForwardHeader, name).toBe(false);
      // A list would leave out what Keyturn needs.
      expect(authRequestHeaders, name).toBeUndefined();
    }
  });

  it("removes every credential, and a client's claims", () => {
    const removed = (name: string): string[] => {
      const headers = http.middlewares[name].headers.customRequestHeaders;
      expect(Object.values(headers).every((value) => value === "")).toBe(true);
      return Object.keys(headers).map((each) => each.toLowerCase());
    };
    expect(removed("without-credential")).toEqual(CREDENTIALS);
    const claims = ["x-keyturn-require", "x-original-method", "x-original-url", ...SPELLINGS];
    expect(removed("without-claims").toSorted()).toEqual(claims.toSorted());
  });
});

describe("the example's envoy.yaml", () => {
  const [listener] = parse(text("envoy.yaml")).static_resources.listeners;
  const manager = listener.filter_chains[0].filters[0].typed_config;
  const [mutation, authorization, router] = manager.http_filters;
  const [host] = manager.route_config.virtual_hosts;
  const exact = (matcher: { patterns: { exact: string }[] }): string[] =>
    matcher.patterns.map((each) => each.exact);

  interface Mutation {
    readonly append?: { append_action: string; header: { key: string; value: string } };
    readonly remove?: string;
  }
  /** What is written over a header whatever a client sent; the test fails where anything is only added. */
  const written = (mutations: Mutation[]): Record<string, string> =>
    Object.fromEntries(
      mutations.flatMap(({ append }) => {
        if (append === undefined) return [];
        expect(append.append_action).toBe("OVERWRITE_IF_EXISTS_OR_ADD");
        return [[append.header.key, append.header.value]];
      }),
    );

  it("writes what is asked for before it asks, and what no route says is for administrators", () => {
    expect([mutation, authorization, router].map(({ name }) => name)).toEqual([
      "envoy.filters.http.header_mutation",
      "envoy.filters.http.ext_authz",
      "envoy.filters.http.router",
    ]);
    const { request_mutations } = mutation.typed_config.mutations;
    expect(written(request_mutations)).toEqual({
      "x-keyturn-require": "role=administrator",
      "x-original-method": "%REQ(:METHOD)%",
      "x-forwarded-host": "%REQ(:AUTHORITY)%",
    });
    const removed = request_mutations.flatMap(({ remove = "" }: Mutation) => (remove === "" ? [] : [remove]));
    expect(removed).toEqual(["x-original-url", "x-forwarded-method"]);
  });

  it("refuses a request with an underscore in the name of a header", () => {
    const { headers_with_underscores_action } = manager.common_http_protocol_options;
    expect(headers_with_underscores_action).toBe("REJECT_REQUEST");
  });

  it("requires what Keyturn understands, on every route", () => {
    const required = host.routes.map(
      (route: {
        typed_per_filter_config: Record<string, { mutations: { request_mutations: Mutation[] } }>;
      }) => {
        const own = route.typed_per_filter_config["envoy.filters.http.header_mutation"];
        const header = written(own?.mutations.request_mutations ?? [])["x-keyturn-require"] ?? "";
        return readRequirements({
          place: "below it",
          query: new URLSearchParams(),
          header: [header],
          peer: "trusted",
        });
      },
    );
    expect(required).toEqual([READ, WRITE, REPORTS]);
  });

  it("lets nobody pass where Keyturn does not answer", () => {
    expect(authorization.typed_config.failure_mode_allow).toBe(false);
  });

  it("tells Keyturn every credential, and what it judges a cookie by", () => {
    const sent = exact(authorization.typed_config.allowed_headers);
    // Authorization, the method and the path go by themselves.
    for (const name of [...CREDENTIALS.slice(1), "x-requested-with", "x-keyturn-require"])
      expect(sent).toContain(name);
    for (const name of ["x-original-method", "x-forwarded-host", "x-forwarded-for"])
      expect(sent).toContain(name);
    expect(authorization.typed_config.http_service.path_prefix).toBe("/forward-auth");
  });

  it("takes all six headers from Keyturn, and lets no credential go on", () => {
    const { allowed_upstream_headers, allowed_client_headers } =
      authorization.typed_config.http_service.authorization_response;
    expect(exact(allowed_upstream_headers)).toEqual(TOLD);
    expect(exact(allowed_client_headers)).toContain("www-authenticate");
    for (const name of CREDENTIALS) expect(host.request_headers_to_remove).toContain(name);
  });
});

it("the example's API goes on where somebody leaves in the middle of a body, or has a name that cannot be read", async () => {
  const api = await startApi();
  try {
    const { port } = new URL(api.address);
    const head = "POST /orders HTTP/1.1\r\nhost: a\r\nx-keyturn-account: 1\r\ncontent-length: 9\r\n\r\n{";
    const leaving = connect(Number(port), "127.0.0.1");
    await once(leaving, "connect");
    await new Promise<void>((resolve) => leaving.write(head, () => resolve()));
    leaving.destroy();
    const garbled = [["x-keyturn-login-name", "%"]] as const;
    await expect(
      sendRaw(api.address, { method: "GET", path: "/orders", headers: garbled }),
    ).rejects.toThrow();
    const headers = [["x-keyturn-account", "1"]] as const;
    expect((await sendRaw(api.address, { method: "GET", path: "/orders", headers })).status).toBe(200);
  } finally {
    await api.close();
  }
});
