import { GraphQLError, GraphQLScalarType, Kind } from "graphql";

const FORM = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/;

/** A moment: text of RFC 3339 outside, epoch milliseconds inside. */
export const DateTime = new GraphQLScalarType<number, string>({
  name: "DateTime",
  serialize: (value) => new Date(value as number).toISOString(),
  parseValue: parse,
  parseLiteral: (node) => parse(node.kind === Kind.STRING ? node.value : null),
});

function parse(value: unknown): number {
  const time = typeof value === "string" && FORM.test(value) ? Date.parse(value) : Number.NaN;
  if (!Number.isNaN(time)) return time;
  throw new GraphQLError("DateTime: expected a text of RFC 3339, such as 2026-01-31T09:00:00Z.");
}
