import { expect, test } from "vitest";
import { Refusal } from "../platform/problem.js";
import { challengeOf } from "./challenge.js";
import type { SentCredential } from "./credentials/read-credential.js";

const by = (carrier: SentCredential["carrier"]): SentCredential => ({ type: "malformed", carrier });

test.each<[SentCredential | null, Refusal, string]>([
  [null, new Refusal("UNAUTHENTICATED"), 'Bearer realm="Keyturn"'],
  [by("Basic"), new Refusal("INVALID_CREDENTIALS"), 'Basic realm="Keyturn", charset="UTF-8"'],
  [by("Bearer"), new Refusal("INVALID_CREDENTIALS"), 'Bearer realm="Keyturn", error="invalid_token"'],
  [by("cookie"), new Refusal("RATE_LIMITED"), 'Bearer realm="Keyturn"'],
  [
    by("Bearer"),
    new Refusal("STEP_UP_REQUIRED", { acrValues: "urn:keyturn:two-factor", maxAge: 900 }),
    'Bearer realm="Keyturn", error="insufficient_user_authentication", acr_values="urn:keyturn:two-factor", max_age="900"',
  ],
  [
    by("cookie"),
    new Refusal("STEP_UP_REQUIRED", { acrValues: null, maxAge: 60 }),
    'Bearer realm="Keyturn", error="insufficient_user_authentication", max_age="60"',
  ],
  [
    by("Bearer"),
    new Refusal("FORBIDDEN", { requiredScope: "orders:read" }),
    'Bearer realm="Keyturn", error="insufficient_scope", scope="orders:read"',
  ],
])("%j that is refused by %s is challenged with %s", (sent, refusal, expected) => {
  expect(challengeOf(sent, refusal)).toBe(expected);
});
