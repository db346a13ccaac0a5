import { type GraphQLInputType, getNamedType, isInputObjectType } from "graphql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Keyturn, startKeyturn } from "../journeys/stage/keyturn.js";
import { printed } from "./contract.js";
import { INPUTS } from "./inputs.js";

const IMPOSSIBLE = [
  ...["2027-02-31T09:00:00Z", "2027-02-29T09:00:00Z", "1900-02-29T09:00:00Z", "2027-04-31T09:00:00Z"],
  ...["2027-13-01T09:00:00Z", "2027-00-01T09:00:00Z", "2027-01-00T09:00:00Z", "2027-01-32T09:00:00Z"],
  ...["2027-01-31T24:00:00Z", "2027-01-31T09:60:00Z", "2027-01-31T09:00:00+24:00", "2027-01-31"],
  ...[
    "0000-01-01T00:00:00Z",
    "0001-01-01T00:00:00+01:00",
    "9999-12-31T23:59:59-01:00",
    "2027-01-31T09:00:00",
  ],
  ...["+002027-01-31T09:00:00Z", "2027-01-31 09:00:00Z", "２０２７-01-31T09:00:00Z", "", "1"],
];
const POSSIBLE = ["2028-02-29T09:00:00Z", "2000-02-29T23:59:59.999999999+09:00", "2027-12-31t23:59:59z"];

/** A place where a client says a moment: an operation, and the way through its arguments. */
interface Place {
  readonly kind: "query" | "mutation";
  readonly operation: string;
  readonly path: readonly string[];
}

function pathsIn(type: GraphQLInputType, path: readonly string[]): (readonly string[])[] {
  const named = getNamedType(type);
  if (named.name === "DateTime") return [path];
  if (!isInputObjectType(named) || path.length > 4) return [];
  return Object.values(named.getFields()).flatMap((field) => pathsIn(field.type, [...path, field.name]));
}

function everyPlace(): Place[] {
  return (["query", "mutation"] as const).flatMap((kind) => {
    const root = kind === "query" ? printed.getQueryType() : printed.getMutationType();
    return Object.values(root?.getFields() ?? {}).flatMap(({ name, args }) =>
      args
        .flatMap((argument) => pathsIn(argument.type, [argument.name]))
        .map((path) => ({ kind, operation: name, path })),
    );
  });
}

type Values = Readonly<Record<string, unknown>>;

/** The arguments of an operation, as it is tried everywhere, with a moment at a place. */
function argumentsWith({ operation, path }: Place, moment: string): Values {
  return putAt((INPUTS[operation] ?? {}) as Values, path, moment);
}

function putAt(values: Values, [name = "", ...rest]: readonly string[], moment: string): Values {
  const inner = rest.length === 0 ? moment : putAt((values[name] ?? {}) as Values, rest, moment);
  return { ...values, [name]: inner };
}

function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([name, each]) => `${name}: ${literal(each)}`)
    .join(", ")}}`;
}

const PLACES = everyPlace();

describe("a moment on a day that does not exist", () => {
  let keyturn: Keyturn;
  beforeAll(async () => {
    keyturn = await startKeyturn("sqlite");
  });
  afterAll(() => keyturn.close());

  const asLiteral = (place: Place, moment: string) => {
    const given = Object.entries(argumentsWith(place, moment)).map(
      ([name, value]) => `${name}: ${literal(value)}`,
    );
    return keyturn.anyone.send(`${place.kind} { ${place.operation}(${given.join(", ")}) { __typename } }`);
  };
  const asVariable = (place: Place, moment: string) => {
    const root = place.kind === "query" ? printed.getQueryType() : printed.getMutationType();
    const values = argumentsWith(place, moment);
    const args = (root?.getFields()[place.operation]?.args ?? []).filter(({ name }) => name in values);
    const declared = args.map(({ name, type }) => `$${name}: ${type}`).join(", ");
    const passed = args.map(({ name }) => `${name}: $${name}`).join(", ");
    const text = `${place.kind} (${declared}) { ${place.operation}(${passed}) { __typename } }`;
    return keyturn.anyone.send(text, values);
  };

  it("can be said in several places", () => {
    expect(PLACES.length).toBeGreaterThan(4);
  });

  it.each(PLACES.map((place) => [`${place.operation} ${place.path.join(".")}`, place] as const))(
    "is BAD_USER_INPUT at %s, as a literal and as a variable",
    async (_title, place) => {
      for (const moment of IMPOSSIBLE)
        for (const { status, body } of [await asLiteral(place, moment), await asVariable(place, moment)]) {
          expect([status, body.errors?.[0].extensions.code], moment).toEqual([400, "BAD_USER_INPUT"]);
          expect(body.errors[0].message, moment).toMatch(/a day that exists/);
          expect(Object.keys(body.errors[0].extensions)).toEqual(["code"]);
        }
      for (const moment of POSSIBLE)
        for (const { status, body } of [await asLiteral(place, moment), await asVariable(place, moment)])
          expect([status, body.errors?.[0].extensions.code], moment).toEqual([200, "UNAUTHENTICATED"]);
    },
  );
});
