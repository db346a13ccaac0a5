import {
  buildClientSchema,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
  getIntrospectionQuery,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from "graphql";
import type { Client } from "./client.js";

/** An operation whose arguments are well formed, but for one text. */
export interface BadTextCase {
  /** The operation and the way to the text, such as `login.input.loginName`. */
  readonly at: string;
  readonly document: string;
  readonly variables: Record<string, unknown>;
}

type Path = readonly string[];

/** Asks a server for its schema. */
export async function readSchema(client: Client): Promise<GraphQLSchema> {
  return buildClientSchema(await client.query(getIntrospectionQuery({ oneOf: true })));
}

/** Puts a text into every text and every id that any query or mutation takes, one after the other. */
export function casesOfText(schema: GraphQLSchema, text: string): BadTextCase[] {
  const roots = [
    { keyword: "query", fields: schema.getQueryType()?.getFields() },
    { keyword: "mutation", fields: schema.getMutationType()?.getFields() },
  ];
  return roots.flatMap(({ keyword, fields }) =>
    Object.values(fields ?? {}).flatMap((field) => {
      const document = documentOf(schema, keyword, field);
      return field.args.flatMap((arg) =>
        pathsToText(arg.type).map((path) => ({
          at: [field.name, arg.name, ...path].join("."),
          document,
          variables: Object.fromEntries(
            field.args.map(({ name, type }) => [
              name,
              exampleOf(type, name === arg.name ? { path, text } : null),
            ]),
          ),
        })),
      );
    }),
  );
}

function documentOf(schema: GraphQLSchema, keyword: string, field: GraphQLField<unknown, unknown>): string {
  const variables = field.args.map(({ name, type }) => `$${name}: ${type}`).join(", ");
  const values = field.args.map(({ name }) => `${name}: $${name}`).join(", ");
  const type = getNamedType(field.type);
  const fails =
    isAbstractType(type) &&
    schema
      .getPossibleTypes(type)
      .some((member) => member.getInterfaces().some(({ name }) => name === "UserError"));
  const selection = isCompositeType(type) ? `{ __typename ${fails ? "... on UserError { code }" : ""} }` : "";
  return `${keyword}(${variables}) { ${field.name}(${values}) ${selection} }`;
}

/** The ways to every text in a type; that of an input of one field leads to each of its fields. */
function pathsToText(type: GraphQLInputType): Path[] {
  if (isNonNullType(type) || isListType(type)) return pathsToText(type.ofType);
  if (isInputObjectType(type))
    return Object.values(type.getFields()).flatMap((field) =>
      pathsToText(field.type).map((path) => [field.name, ...path]),
    );
  return ["String", "ID", "DateTime"].includes(type.name) ? [[]] : [];
}

/** A value of a type: what it must have, and the text at the end of its path. */
function exampleOf(type: GraphQLInputType, bad: { path: Path; text: string } | null): unknown {
  if (isNonNullType(type)) return exampleOf(type.ofType, bad);
  if (isListType(type)) return [exampleOf(type.ofType, bad)];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (!isInputObjectType(type)) return bad?.text ?? GOOD[type.name];
  const [wanted, ...path] = bad?.path ?? [];
  const fields = Object.values(type.getFields());
  const chosen = type.isOneOf
    ? fields.filter(({ name }, index) => (wanted === undefined ? index === 0 : name === wanted))
    : fields.filter((field) => field.name === wanted || isNonNullType(field.type));
  return Object.fromEntries(
    chosen.map(({ name, type: inner }) => [
      name,
      exampleOf(inner, bad !== null && name === wanted ? { path, text: bad.text } : null),
    ]),
  );
}

const GOOD: Readonly<Record<string, unknown>> = {
  ID: "01a20bf9-21ec-71b5-8c31-4c965dec7d3d",
  String: "well-formed",
  DateTime: "2030-01-01T00:00:00Z",
  Int: 10,
  Boolean: false,
};
