import { isDeepStrictEqual } from "node:util";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import type { Answer } from "../journeys/stage/client.js";
import { describeOnBoth } from "../journeys/stage/databases.js";
import { type Keyturn, startKeyturn } from "../journeys/stage/keyturn.js";
import { type CastCase, cast, setTheStage } from "./cast.js";
import { type Case, type Credential, type Expected, expectAnswer, type Standing } from "./expected-answer.js";
import { INPUTS } from "./inputs.js";
import { everyGuardedField, everyOperation, everySubject, PLACES, type Subject } from "./subjects.js";

const CREDENTIALS: readonly Credential[] = [
  { kind: "NONE" },
  { kind: "PASSWORD" },
  { kind: "SESSION", by: "header", assurance: "ONE_FACTOR", proven: "lately" },
  { kind: "SESSION", by: "header", assurance: "TWO_FACTOR", proven: "lately" },
  { kind: "SESSION", by: "header", assurance: "ONE_FACTOR", proven: "long ago" },
  { kind: "SESSION", by: "header", assurance: "TWO_FACTOR", proven: "long ago" },
  { kind: "SESSION", by: "cookie", assurance: "ONE_FACTOR", proven: "lately" },
  { kind: "SESSION", by: "cookie", assurance: "TWO_FACTOR", proven: "lately" },
  { kind: "API_TOKEN", scope: "with" },
  { kind: "API_TOKEN", scope: "without" },
  { kind: "OAUTH_TOKEN", scope: "with" },
  { kind: "OAUTH_TOKEN", scope: "without" },
  { kind: "OAUTH_TOKEN" },
  { kind: "CHALLENGE" },
];

const STANDINGS = [
  { rule: "OPTIONAL", enrolled: false },
  { rule: "OPTIONAL", enrolled: true },
  { rule: "REQUIRED", enrolled: false },
  { rule: "REQUIRED", enrolled: true },
  { rule: "REQUIRED_FOR_ADMINISTRATORS", enrolled: false },
  { rule: "FORBIDDEN", enrolled: true },
] as const;
const RULES = [...new Set(STANDINGS.map(({ rule }) => rule))];
const ROLES = ["USER", "ADMINISTRATOR"] as const;
const AT_ONCE = 16;

test("every operation has an input by which it is tried", () => {
  const without = everyOperation().filter(({ name }) => INPUTS[name] === undefined);
  expect(without.map(({ name }) => name)).toEqual([]);
});

test("every field with an access rule of its own has a way on which it is tried", () => {
  const without = everyGuardedField().filter(({ type }) => PLACES[type] === undefined);
  expect(without.map(({ type, name }) => `${type}.${name}`)).toEqual([]);
});

test("the matrix expects each refusal somewhere, and somewhere none", () => {
  const cases = RULES.flatMap((rule) => everySubject().flatMap((subject) => casesOf(rule, subject)));
  const expected = new Set(cases.map((each) => summaryOf(expectAnswer(each))));
  expect([...expected].sort()).toEqual([
    "200 CREDENTIAL_NOT_ACCEPTED",
    "200 FORBIDDEN",
    "200 STEP_UP_REQUIRED",
    "200 UNAUTHENTICATED",
    "400 BAD_USER_INPUT",
    "401 CREDENTIAL_NOT_ACCEPTED",
    "401 INVALID_CREDENTIALS",
    "null",
    "passes",
  ]);
});

// SQLite is asked everything; what another database could change of it shows under one rule.
const RULES_ON = { sqlite: RULES, postgres: ["OPTIONAL"] } as const;

describeOnBoth("what @access says to every credential, standing and role", (kind) => {
  describe.each(RULES_ON[kind])("under the rule %s", (rule) => {
    let keyturn: Keyturn;
    beforeAll(async () => {
      keyturn = await startKeyturn(kind, { KEYTURN_SQLITE_SYNCHRONOUS: "normal" });
      await setTheStage(keyturn, rule);
    });
    afterAll(() => keyturn.close());

    const subjects = everySubject().map((subject) => [subject.title, subject] as const);
    it.each(subjects)("is what %s answers", async (_, subject) => {
      const cases = await cast(keyturn, casesOf(rule, subject));
      expect(await inBatches(cases, (each) => judge(keyturn, each))).toEqual([]);
    });
  });
});

function casesOf(rule: Standing["rule"], subject: Subject): Case[] {
  const standings = STANDINGS.filter((standing) => standing.rule === rule).flatMap((standing) =>
    ROLES.map((role) => ({ ...standing, role })),
  );
  return standings.flatMap((standing, index) =>
    CREDENTIALS.filter((credential) => tells(credential, subject, index)).map((credential) => ({
      ...{ subject, standing, credential },
    })),
  );
}

/** Leaves out what would be the same request again: without an account behind it, or of an age that nothing asks. */
function tells(
  { kind, assurance, proven, scope }: Credential,
  { operation }: Subject,
  standing: number,
): boolean {
  if (kind === "NONE" || (kind === "OAUTH_TOKEN" && scope === undefined)) return standing === 0;
  return proven !== "long ago" || assurance === "TWO_FACTOR" || operation.access.maxAge !== undefined;
}

function summaryOf(expected: Expected): string {
  if (expected.outcome !== "refused") return expected.outcome;
  return `${expected.status} ${(expected.extensions as { code: string }).code}`;
}

async function inBatches(
  cases: CastCase[],
  judgeOne: (each: CastCase) => Promise<string[]>,
): Promise<string[]> {
  const faults: string[] = [];
  for (let start = 0; start < cases.length; start += AT_ONCE)
    faults.push(...(await Promise.all(cases.slice(start, start + AT_ONCE).map(judgeOne))).flat());
  return faults;
}

/** Sends a case, and says in words where the answer is not the expected one. */
async function judge({ anyone }: Keyturn, each: CastCase): Promise<string[]> {
  const { subject, standing, credential, headers } = each;
  const expected = expectAnswer(each);
  const answer = await anyone.send(subject.document, subject.variables, headers);
  if (isAsExpected(answer, expected, subject)) return [];
  const who = `${Object.values(credential).join(" ")} of ${standing.role}, ${standing.enrolled ? "" : "not "}enrolled`;
  return [`${who}: expected ${JSON.stringify(expected)}, was ${answer.status} ${answer.text}`];
}

// Above these nothing that an operation answers by itself counts as passed.
const NOT_PASSED = [
  ...["UNAUTHENTICATED", "INVALID_CREDENTIALS", "CREDENTIAL_NOT_ACCEPTED", "FORBIDDEN", "STEP_UP_REQUIRED"],
  ...["RATE_LIMITED", "UNAVAILABLE", "INTERNAL"],
];

function isAsExpected(answer: Answer, expected: Expected, { guarded, operation }: Subject): boolean {
  const { status, body, headers } = answer;
  const errors: { extensions: { code: string }; path?: string[] }[] = body.errors ?? [];
  switch (expected.outcome) {
    case "passes":
      if (status !== 200 || errors.some(({ extensions }) => NOT_PASSED.includes(extensions.code)))
        return false;
      return guarded === null || (errors.length === 0 && at(body.data, guarded.path) != null);
    case "null":
      return status === 200 && errors.length === 0 && body.data[operation.name] === null;
    case "refused": {
      const [error] = errors;
      const { status: expectedStatus, extensions, path } = expected;
      if (status !== expectedStatus || errors.length !== 1 || error === undefined) return false;
      if (!isDeepStrictEqual(error.extensions, extensions) || !isDeepStrictEqual(error.path ?? null, path))
        return false;
      if (status === 401 && !/^(Basic|Bearer) /.test(headers.get("www-authenticate") ?? "")) return false;
      return path === null ? body.data === undefined : at(body.data, path) == null;
    }
  }
}

function at(data: unknown, path: readonly string[]): unknown {
  return path.reduce((value, name) => (value as Record<string, unknown> | null)?.[name], data);
}
