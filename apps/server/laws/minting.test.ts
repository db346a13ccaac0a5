import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

const source = new URL("../src/", import.meta.url);

/** Who calls what opens something, in the whole source: a new path must be put here, and thought about. */
const CALLERS = {
  openSession: ["rooms/sessions/logged-in.ts"],
  completeWithSession: ["rooms/sessions/complete-enrollment.ts", "rooms/sessions/login-steps.ts"],
  renewSession: [
    ...["rooms/sessions/step-up.ts", "rooms/settings/change-password.ts"],
    "rooms/settings/confirm-two-factor.ts",
  ],
  openChallenge: ["rooms/sessions/login-steps.ts"],
  byComparison: ["rooms/two-factor/prove.ts"],
  byFirstCode: ["rooms/sessions/complete-enrollment.ts", "rooms/settings/confirm-two-factor.ts"],
  withEarlierPassword: [
    "rooms/sessions/login-challenge.repository.ts",
    "rooms/settings/confirm-two-factor.ts",
  ],
  drawClientSecret: [
    ...["rooms/administration/create-oauth-client.ts", "rooms/administration/rotate-oauth-client-secret.ts"],
  ],
  addApiToken: ["rooms/api-tokens/create-api-token.ts"],
  drawToken: [
    ...["rooms/accounts/mail-link.repository.ts", "rooms/api-tokens/create-api-token.ts"],
    ...["rooms/oauth/provider.ts", "rooms/sessions/login-challenge.repository.ts"],
    "rooms/sessions/session.repository.ts",
  ],
  grantAuthorization: ["rooms/oauth/authorize.ts"],
  allowRequest: [
    "http/pages/consent.ts",
    "rooms/oauth/answer-authorization-request.ts",
    "rooms/oauth/begin-authorization.ts",
  ],
};

it.each(Object.entries(CALLERS))(
  "%s is called from the places that are known, and no other",
  (name, known) => {
    const call = new RegExp(`(?<!(?:function|static) |^ {2})\\b${name}\\(`, "m");
    const files = readdirSync(source, { recursive: true, encoding: "utf8" });
    const callers = files.filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"));
    const found = callers.filter((file) => call.test(readFileSync(new URL(file, source), "utf8")));
    expect(found.sort()).toEqual([...known].sort());
  },
);

it("whoever hashes a password that somebody chose asks first whether it may be set", () => {
  const files = readdirSync(source, { recursive: true, encoding: "utf8" });
  const sources = files.filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"));
  const read = (file: string): string => readFileSync(new URL(file, source), "utf8");
  const hashing = sources.filter((file) => /\bhasher\.hash\(/.test(read(file)));
  expect(hashing.length).toBeGreaterThan(5);
  const unasked = hashing.filter((file) => !/\bjudgeNewPassword\(/.test(read(file)));
  // The same password again, under a newer hash: it was compared just now.
  expect(unasked).toEqual(["rooms/two-factor/compare.ts"]);
});
