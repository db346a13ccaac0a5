import { describe, expect, it, test } from "vitest";
import { type AccessRule, ANY_CREDENTIAL, CredentialType, forgottenIn } from "../../platform/access.js";
import { judgeAccess, ruleForOwner } from "./access.policy.js";
import type { Viewer } from "./viewer.js";

const NOW = 1_000_000;

function viewer(credential: CredentialType): Viewer {
  const account = { id: "1", role: "ADMINISTRATOR", twoFactorEnabledAt: null };
  const given = {
    credential,
    account,
    policy: {},
    scopes: null,
    assurance: "TWO_FACTOR",
    authenticatedAt: NOW,
  };
  return given as unknown as Viewer;
}

/** Rules that the types refuse: nobody meant them. */
const FORGETFUL = [
  { to: "VIEWER" },
  { to: "ADMINISTRATOR" },
  { to: "ADMINISTRATOR", credentials: undefined },
  { to: "ADMINISTRATOR", credentials: [] },
  { to: "VIEWER", scope: "account:read" },
  { to: "VIEWER", maxAge: 900 },
] as unknown as AccessRule[];

describe.each(FORGETFUL)("a rule that forgets its credentials, %j,", (rule) => {
  it.each(Object.values(CredentialType))("refuses an administrator's %s", (credential) => {
    expect(judgeAccess(rule, viewer(credential), NOW)?.code).toBe("CREDENTIAL_NOT_ACCEPTED");
    const another = ruleForOwner(rule, viewer(credential), "another");
    expect(judgeAccess(another, viewer(credential), NOW)?.code).toBe("CREDENTIAL_NOT_ACCEPTED");
  });

  it("refuses who sent none", () => {
    expect(judgeAccess(rule, null, NOW)?.code).toBe("UNAUTHENTICATED");
  });

  it("stops the start", () => {
    expect(forgottenIn(rule)).toMatch(/names no credentials/);
  });
});

test("a rule that takes tokens and forgets their scope stops the start", () => {
  expect(forgottenIn({ to: "VIEWER", credentials: ["SESSION", "API_TOKEN"] })).toMatch(/names no scope/);
  expect(forgottenIn({ to: "ADMINISTRATOR", credentials: ANY_CREDENTIAL })).toMatch(/names no scope/);
});

test("a whole rule forgets nothing", () => {
  const rules: AccessRule[] = [
    { to: "PUBLIC" },
    { to: "PUBLIC", credentials: ANY_CREDENTIAL },
    { to: "VIEWER", credentials: ["SESSION"], maxAge: 900 },
    { to: "ADMINISTRATOR", credentials: ANY_CREDENTIAL, scope: "admin:read" },
  ];
  for (const rule of rules) {
    expect(forgottenIn(rule)).toBeNull();
    expect(judgeAccess(rule, viewer("SESSION"), NOW)).toBeNull();
  }
  expect(judgeAccess({ to: "PUBLIC" }, null, NOW)).toBeNull();
});

test("the compiler refuses what is forgotten", () => {
  // @ts-expect-error: an administrator by no credential
  const administrator: AccessRule = { to: "ADMINISTRATOR" };
  // @ts-expect-error: a scope of no token
  const open: AccessRule = { to: "PUBLIC", scope: "account:read" };
  expect([administrator, open]).toHaveLength(2);
});
