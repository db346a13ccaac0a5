import "reflect-metadata";
import { readFileSync } from "node:fs";
import { type Change, CriticalityLevel, diff } from "@graphql-inspector/core";
import { printSchemaWithDirectives } from "@graphql-tools/utils";
import { buildSchema as parseSchema } from "graphql";
import { buildSchema } from "../src/http/schema.js";
import { resolvers } from "../src/rooms.js";

/** The GraphQL contract that clients are written against. */
export const contract = parseSchema(readFileSync(new URL("contract.graphql", import.meta.url), "utf8"));

/** The schema as the server runs it. */
export const built = buildSchema(resolvers);

/** The schema that the server runs, in the language of the contract, directives and all. */
export const printed = parseSchema(printSchemaWithDirectives(built));

/** How what is built differs from the contract; words that describe are free. */
export interface Differences {
  /** What the contract has and the server has not, by name, sorted. */
  readonly missing: string[];
  /** What the server has and the contract has not, by name, sorted. */
  readonly added: string[];
  /** What is there on both sides and not alike, in words. */
  readonly deviations: string[];
}

/** Compares what is built with the contract. */
export async function compareWithContract(): Promise<Differences> {
  const changes = (await diff(contract, printed)).filter(({ type }) => !String(type).includes("DESCRIPTION"));
  const added = changes.filter(isAddition);
  const missing = changes.filter(({ type }) => MISSING.has(type));
  const others = changes.filter((change) => !added.includes(change) && !missing.includes(change));
  const names = added.map(nameOf);
  // A part of something that was added (its fields, its arguments, its `@access`) is nothing of its own.
  const isPart = (path: string | undefined): boolean =>
    names.some((name) => path?.startsWith(`${name}.`) === true);
  return {
    missing: missing.map(nameOf).sort(),
    added: [...new Set(names)].filter((name) => !isPart(name)).sort(),
    deviations: others
      .filter(({ path }) => !isPart(path))
      .map(({ message, type, path }) => `${path}: ${message} (${type})`),
  };
}

const MISSING: ReadonlySet<string> = new Set([
  ...["TYPE_REMOVED", "FIELD_REMOVED", "ENUM_VALUE_REMOVED", "UNION_MEMBER_REMOVED"],
]);

/** An addition that no client of the contract can stumble over: a required argument or input field is none. */
function isAddition({ type, criticality }: Change): boolean {
  const kind = String(type);
  return (
    kind.endsWith("_ADDED") &&
    !kind.startsWith("DIRECTIVE_USAGE") &&
    criticality.level !== CriticalityLevel.Breaking
  );
}

function nameOf({ path, meta }: Change): string {
  const member = meta["removedUnionMemberTypeName"] ?? meta["addedUnionMemberTypeName"];
  return member === undefined ? `${path}` : `${path}.${member}`;
}
