import "reflect-metadata";
import { existsSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { GraphQLEnumType, type GraphQLField, isObjectType, isUnionType, parse, validate } from "graphql";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { accessOf, buildSchema } from "../src/http/schema.js";
import { ANY_CREDENTIAL } from "../src/platform/access.js";
import { judgeCredential } from "../src/rooms/credentials/credential.policy.js";
import { resolvers } from "../src/rooms.js";
import { blur, shownAnswers } from "./docs-answers.js";
import {
  anchorsOf,
  blocksOf,
  type Document,
  linksOf,
  ROOT,
  readDocument,
  readDocuments,
  tableAfter,
} from "./docs-markdown.js";
import { beginWalk, stepsOf, type Walk } from "./docs-walk.js";

const documents = readDocuments();
const schema = buildSchema(resolvers);

describe.each(["README.md", "docs/start.md"])("the walk of %s", (path) => {
  let walk: Walk;
  beforeAll(async () => {
    walk = await beginWalk();
  });
  afterAll(() => walk.end());
  it.each(stepsOf(readDocument(path)).map((step) => ({ step, line: step.command.line })))(
    "is as line $line and the answers after it say",
    async ({ step }) => {
      const printed = await walk.run(step);
      const shown = shownAnswers(step);
      expect(blur(printed, shown)).toEqual(shown);
    },
  );
});

test("every link inside the project leads to a file, and to a heading where it names one", () => {
  const broken = documents.flatMap((document) =>
    linksOf(document)
      .filter((link) => !/^[a-z]+:/.test(link) && !leadsSomewhere(document, link))
      .map((link) => `${document.path}: ${link}`),
  );
  expect(broken).toEqual([]);
});

test.each(["UserErrorCode", "RefusalCode"])("every %s stands in the document on GraphQL", (name) => {
  const codes = schema.getType(name);
  if (!(codes instanceof GraphQLEnumType)) throw new Error(`${name} is no enum`);
  const { text } = readDocument("docs/graphql.md");
  const missing = codes.getValues().filter((code) => !text.includes(`\`${code.name}\``));
  expect(missing.map((code) => code.name)).toEqual([]);
});

test("every GraphQL snippet is valid against the schema", () => {
  const faults = documents.flatMap((document) =>
    blocksOf(document)
      .filter(({ language }) => language === "graphql")
      .flatMap(({ code, line }) =>
        validate(schema, parse(code)).map(({ message }) => `${document.path}:${line}: ${message}`),
      ),
  );
  expect(faults).toEqual([]);
});

test("the table of operations says what the schema says", () => {
  const types = Object.values(schema.getTypeMap()).filter(isObjectType);
  const guarded = types.flatMap((type) =>
    Object.values(type.getFields()).flatMap((field) => rowOf(type.name, field)),
  );
  const shown = tableAfter(readDocument("docs/graphql.md"), "operations").map((cells) => cells.join(" | "));
  expect([...shown].sort()).toEqual(guarded.sort());
});

test("the table of credentials says what the policy says", () => {
  const columns = [
    { rule: "FORBIDDEN", role: "USER" },
    { rule: "OPTIONAL", role: "USER" },
    { rule: "REQUIRED_FOR_ADMINISTRATORS", role: "USER" },
    { rule: "REQUIRED_FOR_ADMINISTRATORS", role: "ADMINISTRATOR" },
    { rule: "REQUIRED", role: "USER" },
  ] as const;
  const rows = ANY_CREDENTIAL.flatMap((credential) =>
    (["DISABLED", "ENABLED"] as const).map((twoFactor) => [
      credential,
      twoFactor === "ENABLED" ? "on" : "off",
      ...columns.map(({ rule, role }) => {
        const refusal = judgeCredential({ credential, twoFactor, rule, role, kind: "PERSON" });
        if (refusal === null) return "accepted";
        return credential === "PASSWORD" ? refusal : "ended";
      }),
    ]),
  );
  expect(tableAfter(readDocument("docs/graphql.md"), "credential-policy")).toEqual(rows);
});

test("the table of user errors names the mutations that have each", () => {
  const mutations = Object.values(schema.getMutationType()?.getFields() ?? {});
  const rows = tableAfter(readDocument("docs/graphql.md"), "user-errors");
  const shown = rows.map(([code = "", names = ""]) => `${code}: ${names.split(", ").sort().join(", ")}`);
  const had = rows.map(([code = ""]) => {
    const names = mutations.filter((field) => typesOf(field).includes(typeNameOf(code)));
    return `${code}: ${names
      .map(({ name }) => name)
      .sort()
      .join(", ")}`;
  });
  expect(shown).toEqual(had);
});

type AnyField = GraphQLField<unknown, unknown>;

const SPOKEN = {
  PASSWORD: "password",
  SESSION: "session",
  API_TOKEN: "API token",
  OAUTH_TOKEN: "OAuth token",
} as const;

function rowOf(typeName: string, field: AnyField): string[] {
  const rule = accessOf(field);
  if (rule === undefined) return [];
  const name = ["Query", "Mutation"].includes(typeName) ? field.name : `${typeName}.${field.name}`;
  const credentials = (rule.credentials ?? []).map((credential) => SPOKEN[credential]).join(", ");
  return [[name, rule.to, credentials, rule.scope ?? "", String(rule.maxAge ?? "")].join(" | ")];
}

function typesOf({ type }: AnyField): string[] {
  const named = schema.getType(String(type).replace("!", ""));
  return isUnionType(named) ? named.getTypes().map(({ name }) => name) : [];
}

function typeNameOf(code: string): string {
  return code
    .split("_")
    .map((part) => part.charAt(0) + part.slice(1).toLowerCase())
    .join("");
}

function leadsSomewhere({ path }: Document, link: string): boolean {
  const [file = "", anchor] = link.split("#");
  const target = file === "" ? path : join(dirname(path), file);
  if (!existsSync(ROOT + target)) return false;
  return anchor === undefined || anchorsOf(readDocument(relative(".", target))).includes(anchor);
}
