import { describe, expect, it, test } from "vitest";
import { Refusal } from "../../platform/problem.js";
import { type RequirementSources, type Requirements, readRequirements } from "./requirements.policy.js";

const NOTHING: Requirements = { scopes: [], role: null, assurance: null, maxAge: null };

interface Asked {
  readonly query?: string;
  readonly header?: readonly string[];
  readonly place?: RequirementSources["place"];
  readonly peer?: RequirementSources["peer"];
}

function read({ query = "", header, place = "at the address", peer = "trusted" }: Asked): Requirements {
  return readRequirements({ query: new URLSearchParams(query), header, place, peer });
}

/** What is told of a fault: its reason, and the name that is not understood. */
function faultOf(asked: Asked): string {
  try {
    return `none: ${JSON.stringify(read(asked))}`;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return [error.code, error.details["reason"], error.details["name"]].join(" ");
  }
}

test.each<[string, Partial<Requirements>]>([
  ["", {}],
  ["scope=orders:read", { scopes: ["orders:read"] }],
  ["scope=orders:read&scope=orders:write", { scopes: ["orders:read", "orders:write"] }],
  ["scope=orders:read+orders:write", { scopes: ["orders:read", "orders:write"] }],
  ["scope=a%20b&scope=b", { scopes: ["a", "b"] }],
  ["role=administrator", { role: "administrator" }],
  ["assurance=two_factor", { assurance: "two_factor" }],
  ["maxAge=900", { maxAge: 900 }],
  ["maxAge=900&maxAge=60&maxAge=300", { maxAge: 60 }],
  [
    "scope=a&role=administrator&assurance=two_factor&maxAge=1",
    { scopes: ["a"], role: "administrator", assurance: "two_factor", maxAge: 1 },
  ],
])("the query %j requires what it says", (query, expected) => {
  expect(read({ query, peer: "untrusted" })).toEqual({ ...NOTHING, ...expected });
});

test.each<[string, Partial<Requirements>]>([
  ["scope=orders:read", { scopes: ["orders:read"] }],
  ["scope=orders:read orders:write", { scopes: ["orders:read", "orders:write"] }],
  ["scope=a, scope=b,role=administrator", { scopes: ["a", "b"], role: "administrator" }],
  [" assurance=two_factor ,\tmaxAge=900 ", { assurance: "two_factor", maxAge: 900 }],
])("the header %j requires what it says", (header, expected) => {
  expect(read({ header: [header] })).toEqual({ ...NOTHING, ...expected });
});

it("reads as many scopes as a client can think of, each once", () => {
  const names = Array.from({ length: 5_000 }, (_, index) => `s${index}`);
  const query = names.map((name) => `scope=${name}`).join("&");
  expect(read({ query: `${query}&${query}`, place: "below it" }).scopes).toEqual(names);
});

describe("what is not understood lets nobody pass", () => {
  const BAD: [name: string, query: string][] = [
    ["scop", "scop=orders:read"],
    ["Scope", "Scope=orders:read"],
    ["password", "scope=a&password=secret"],
    ["scope", "scope="],
    ["scope", "scope"],
    ["scope", "scope=a++b"],
    ["scope", "scope=a%0ab"],
    ["scope", "scope=%22"],
    ["scope", `scope=${"a".repeat(65)}`],
    ["role", "role=user"],
    ["role", "role=ADMINISTRATOR"],
    ["role", "role="],
    ["assurance", "assurance=one_factor"],
    ["assurance", "assurance=TWO_FACTOR"],
    ["maxAge", "maxAge=0"],
    ["maxAge", "maxAge=-1"],
    ["maxAge", "maxAge=15m"],
    ["maxAge", "maxAge=1e3"],
    ["maxAge", "maxAge=9999999999"],
    ["maxage", "maxage=900"],
    ["__proto__", "__proto__=x"],
    ["constructor", "constructor=x"],
    ["", "=x"],
  ];

  it.each(BAD)("at the address: %j in %j", (name, query) => {
    expect(faultOf({ query })).toBe(`BAD_USER_INPUT requirement ${name}`);
  });

  it.each([
    ...BAD.map(([name, query]): [string, string] => [name, query.replaceAll("&", ",").replaceAll("+", " ")]),
    ["", ""],
    ["", "scope=a,"],
    ["scope", "scope"],
    ["orders:read", "orders:read"],
    ["scope", 'scope="orders:read"'],
  ])("in the header: %j in %j", (name, header) => {
    // What has no name is told by what stands there.
    expect(faultOf({ header: [header] })).toMatch(/^BAD_USER_INPUT requirement /);
    expect(faultOf({ header: [header] })).toContain(name);
  });

  it("tells a name of any length by its beginning, and no value at all", () => {
    const told = faultOf({ query: `${"n".repeat(500)}=secret` });
    expect(told).toBe(`BAD_USER_INPUT requirement ${"n".repeat(40)}`);
  });
});

describe("the header", () => {
  it("that comes twice is refused, even with the same value", () => {
    for (const place of ["at the address", "below it"] as const)
      expect(faultOf({ header: ["scope=a", "scope=a"], place })).toMatch("BAD_USER_INPUT requireHeaderTwice");
  });

  it("of a peer that is not trusted is refused, whatever it asks", () => {
    for (const place of ["at the address", "below it"] as const)
      for (const header of ["scope=a", "", "maxAge=1"])
        expect(faultOf({ header: [header], place, peer: "untrusted", query: "scope=a" })).toMatch(
          "BAD_USER_INPUT requireHeaderUntrusted",
        );
  });

  it("holds beside the query at the address", () => {
    const both = read({ query: "scope=a&maxAge=60", header: ["scope=b, maxAge=900, role=administrator"] });
    expect(both).toEqual({ scopes: ["b", "a"], role: "administrator", assurance: null, maxAge: 60 });
  });
});

describe("below the address", () => {
  const place = "below it" as const;

  it("the header never replaces the query: what each requires holds", () => {
    const query = "role=administrator&scope=b&page=2";
    const both = { ...NOTHING, scopes: ["a", "b"], role: "administrator" };
    expect(read({ place, query, header: ["scope=a"] })).toEqual(both);
    expect(faultOf({ place, query: "scope=", header: ["scope=a"] })).toBe("BAD_USER_INPUT requirement scope");
  });

  it("the query restricts by the names that are known, and the rest is left alone", () => {
    expect(read({ place, query: "page=2&scope=a&sort=name" })).toEqual({ ...NOTHING, scopes: ["a"] });
    expect(faultOf({ place, query: "page=2&role=user" })).toBe("BAD_USER_INPUT requirement role");
  });
});
