import "reflect-metadata";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import {
  GraphQLEnumType,
  type GraphQLField,
  getNamedType,
  isObjectType,
  isUnionType,
  parse,
  validate,
} from "graphql";
import { expect, test } from "vitest";
import { accessOf, buildSchema } from "../src/http/schema.js";
import { ANY_CREDENTIAL } from "../src/platform/access.js";
import { AUDIT_ACTIONS } from "../src/rooms/audit/actions.js";
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
import { beginWalk, stepsOf } from "./docs-walk.js";

const documents = readDocuments();
const schema = buildSchema(resolvers);

test.each([
  ...["README.md", "docs/start.md", "docs/forward-auth.md"],
  ...["docs/command-line.md", "docs/import.md"],
])("the walk of %s goes as it says", { timeout: 120_000 }, async (path) => {
  const steps = stepsOf(readDocument(path));
  expect(steps.length).toBeGreaterThan(5);
  const walk = await beginWalk();
  try {
    for (const step of steps) {
      const printed = await walk.run(step.command);
      const shown = shownAnswers(step);
      expect(blur(printed, shown), `${path}:${step.command.line}`).toEqual(shown);
    }
  } finally {
    await walk.end();
  }
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

test("the table of audit actions lists every one with its level and what it means", () => {
  const rows = tableAfter(readDocument("docs/audit.md"), "audit-actions");
  expect(rows.map(([action, level]) => [action, level])).toEqual(Object.entries(AUDIT_ACTIONS));
  expect(rows.filter(([, , meaning = ""]) => meaning.length < 10)).toEqual([]);
});

test("every promise of the document on security names tests that prove it, in the order of its numbers", () => {
  const rows = tableAfter(readDocument("docs/security.md"), "promises");
  const unproven = rows.filter(
    ([, , proofs = ""]) => !/^(\[[^\]]+\]\([^)]+[.]test[.]ts\)(, |$))+$/.test(proofs),
  );
  expect(unproven).toEqual([]);
  const numbers = rows.map(([number]) => Number(number));
  expect(numbers).toEqual([...new Set(numbers)].sort((one, other) => one - other));
});

test("every decision says its context, what was decided and the price, in forty lines, and is listed", () => {
  const decisions = documents.filter(({ path }) => /^docs\/decisions\/\d{4}-/.test(path));
  const numbers = decisions.map(({ path }) => Number(path.slice(15, 19)));
  expect(numbers).toEqual([...new Set(numbers)].sort((one, other) => one - other));
  const listed = linksOf(readDocument("docs/decisions/README.md")).map((link) => `docs/decisions/${link}`);
  expect(listed).toEqual(decisions.map(({ path }) => path));
  for (const decision of decisions) {
    expect(anchorsOf(decision).slice(1), decision.path).toEqual(["context", "decision", "price"]);
    expect(decision.text.split("\n").length, decision.path).toBeLessThanOrEqual(41);
  }
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
  const named = getNamedType(type);
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
  return anchor === undefined || anchorsOf(readDocument(target)).includes(anchor);
}
