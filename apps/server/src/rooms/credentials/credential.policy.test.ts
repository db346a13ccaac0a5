import { describe, expect, it } from "vitest";
import { ALTERNATIVES, everyCredentialCase, isAssured, judgeCredential } from "./credential.policy.js";

const RULES = ["FORBIDDEN", "OPTIONAL", "REQUIRED_FOR_ADMINISTRATORS", "REQUIRED"] as const;
const MEANING = { ok: null, enabled: "TWO_FACTOR_ENABLED", required: "TWO_FACTOR_REQUIRED" } as const;

// Written by hand from the rules of the house: the code below is not asked what it thinks.
// Columns: FORBIDDEN, OPTIONAL, REQUIRED_FOR_ADMINISTRATORS, REQUIRED.
const PEOPLE = `
PASSWORD     DISABLED  USER           ok  ok        ok        required
PASSWORD     DISABLED  ADMINISTRATOR  ok  ok        required  required
PASSWORD     ENABLED   USER           ok  enabled   enabled   required
PASSWORD     ENABLED   ADMINISTRATOR  ok  enabled   enabled   required
SESSION      DISABLED  USER           ok  ok        ok        required
SESSION      DISABLED  ADMINISTRATOR  ok  ok        required  required
SESSION      ENABLED   USER           ok  ok        ok        ok
SESSION      ENABLED   ADMINISTRATOR  ok  ok        ok        ok
API_TOKEN    DISABLED  USER           ok  ok        ok        ok
API_TOKEN    DISABLED  ADMINISTRATOR  ok  ok        ok        ok
API_TOKEN    ENABLED   USER           ok  ok        ok        ok
API_TOKEN    ENABLED   ADMINISTRATOR  ok  ok        ok        ok
OAUTH_TOKEN  DISABLED  USER           ok  ok        ok        ok
OAUTH_TOKEN  DISABLED  ADMINISTRATOR  ok  ok        ok        ok
OAUTH_TOKEN  ENABLED   USER           ok  ok        ok        ok
OAUTH_TOKEN  ENABLED   ADMINISTRATOR  ok  ok        ok        ok`;

// Guests and service accounts: as under OPTIONAL, but that REQUIRED refuses every password sent with a request.
const OTHERS = `
PASSWORD     DISABLED  USER           ok  ok        ok        required
PASSWORD     DISABLED  ADMINISTRATOR  ok  ok        ok        required
SESSION      DISABLED  USER           ok  ok        ok        ok
API_TOKEN    DISABLED  USER           ok  ok        ok        ok
API_TOKEN    DISABLED  ADMINISTRATOR  ok  ok        ok        ok
OAUTH_TOKEN  DISABLED  USER           ok  ok        ok        ok
OAUTH_TOKEN  DISABLED  ADMINISTRATOR  ok  ok        ok        ok`;

type Case = Parameters<typeof judgeCredential>[0];
type Verdict = ReturnType<typeof judgeCredential>;

function read(table: string, kind: Case["kind"]): { facts: Case; verdict: Verdict }[] {
  const rows = table.trim().split("\n");
  return rows.flatMap((row) => {
    const [credential, twoFactor, role, ...verdicts] = row.split(/\s+/);
    return RULES.map((rule, column) => ({
      facts: { credential, twoFactor, role, rule, kind } as Case,
      verdict: MEANING[verdicts[column] as keyof typeof MEANING],
    }));
  });
}

describe("a credential", () => {
  it.each(read(PEOPLE, "PERSON"))(
    "$facts.credential of a $facts.role, two-factor $facts.twoFactor, under $facts.rule: $verdict",
    ({ facts, verdict }) => expect(judgeCredential(facts)).toBe(verdict),
  );

  it.each([...read(OTHERS, "GUEST"), ...read(OTHERS, "SERVICE")])(
    "$facts.credential of a $facts.kind, $facts.role, under $facts.rule: $verdict",
    ({ facts, verdict }) => expect(judgeCredential(facts)).toBe(verdict),
  );

  it("is shown in every case of a person, each once, in the order of the contract's enums", () => {
    expect(everyCredentialCase()).toEqual(read(PEOPLE, "PERSON").map(({ facts }) => facts));
  });

  it("is replaced, where it is a password, by any other", () => {
    expect(ALTERNATIVES).toEqual(["SESSION", "API_TOKEN", "OAUTH_TOKEN"]);
  });
});

describe("a session", () => {
  it.each([
    ["ONE_FACTOR", "DISABLED", [true, true, true, true]],
    ["ONE_FACTOR", "ENABLED", [true, false, false, false]],
    ["TWO_FACTOR", "DISABLED", [true, true, true, true]],
    ["TWO_FACTOR", "ENABLED", [true, true, true, true]],
  ] as const)("of %s, two-factor %s, proves what is asked under each rule: %j", (...row) => {
    const [assurance, twoFactor, assured] = row;
    expect(RULES.map((rule) => isAssured(assurance, { twoFactor, rule }))).toEqual(assured);
  });
});
