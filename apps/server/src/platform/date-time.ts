import { GraphQLError, GraphQLScalarType, Kind } from "graphql";

const FORM = /^(\d{4}-\d\d-\d\d)[Tt]([01]\d|2[0-3]):\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)$/;
const FIRST = Date.parse("0001-01-01T00:00:00Z");
const LAST = Date.parse("9999-12-31T23:59:59.999Z");

/** A moment of the years 1 to 9999: text of RFC 3339 outside, epoch milliseconds inside. */
export const DateTime = new GraphQLScalarType<number, string>({
  name: "DateTime",
  serialize: (value) => new Date(value as number).toISOString(),
  parseValue: parse,
  parseLiteral: (node) => parse(node.kind === Kind.STRING ? node.value : null),
});

function parse(value: unknown): number {
  const [, day = ""] = typeof value === "string" ? (FORM.exec(value) ?? []) : [];
  const time = isDay(day) ? Date.parse(String(value)) : Number.NaN;
  if (time >= FIRST && time <= LAST) return time;
  const message =
    "DateTime: expected a text of RFC 3339, such as 2026-01-31T09:00:00Z, on a day that exists.";
  throw new GraphQLError(message, { extensions: { isBadInput: true } });
}

/** Date would take 31 February for a day of March. */
function isDay(day: string): boolean {
  const time = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day);
}
