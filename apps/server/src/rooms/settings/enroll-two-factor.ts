import type { Needs } from "../../platform/context.js";
import { newId } from "../../platform/id.js";
import { readText } from "../../platform/input.js";
import { type LimitReachedFailure, limitReached } from "../../platform/limit-reached.graphql.js";
import { words } from "../../platform/words/index.js";
import { recordEvent } from "../audit/record-event.js";
import { type Caller, localeOf, sessionOf } from "../credentials/viewer.js";
import { holdSession } from "../sessions/hold-session.js";
import { MAXIMUM_AUTHENTICATORS } from "../two-factor/add-authenticator.js";
import { type TwoFactorEnrollment, toEnrollment } from "../two-factor/enrollment.graphql.js";
import { type TwoFactorUnavailableFailure, twoFactorUnavailable } from "../two-factor/failures.js";
import { listAuthenticators } from "../two-factor/totp/authenticator.repository.js";
import { drawSecret, ENROLLMENT_LIFETIME } from "../two-factor/totp/totp-enrollment.js";
import { replaceEnrollment } from "../two-factor/totp/totp-enrollment.repository.js";
import { twoFactorAvailability } from "../two-factor/two-factor.policy.js";

export type EnrollTwoFactorAnswer = TwoFactorEnrollment | TwoFactorUnavailableFailure | LimitReachedFailure;

/** Draws a secret for a first or a further authenticator, shown this once; nothing changes until a code confirms it. */
export async function enrollTwoFactor(
  needs: Needs<"db" | "now" | "vault" | "config">,
  caller: Caller,
  input: { readonly name?: string | null },
): Promise<EnrollTwoFactorAnswer> {
  const { account, policy, session } = sessionOf(caller);
  const locale = localeOf(caller);
  const wanted = input.name == null ? null : readText(input.name, { path: ["input", "name"], maximum: 100 });
  const availability = twoFactorAvailability(account, policy);
  if (availability !== "AVAILABLE") return twoFactorUnavailable(availability, locale);
  const authenticators = await listAuthenticators(needs.db.read, account.id);
  const name = wanted ?? freeName(words(locale).defaultAuthenticatorName, authenticators);
  if (authenticators.length >= MAXIMUM_AUTHENTICATORS) return limitReached(MAXIMUM_AUTHENTICATORS, locale);
  const now = needs.now();
  const drawn = drawSecret(needs, account);
  const times = { createdAt: now, expiresAt: now + ENROLLMENT_LIFETIME };
  const { sealedSecret } = drawn;
  const row = {
    id: newId(now),
    accountId: account.id,
    sessionId: session.id,
    name,
    sealedSecret,
    wrongCodes: 0,
    ...times,
  };
  await needs.db.transaction(async (manager) => {
    await holdSession(manager, caller);
    await replaceEnrollment(manager, row);
    const event = { actor: account, subject: account, credential: "SESSION", details: { name } } as const;
    await recordEvent(manager, { ...caller, now }, { action: "two-factor.enrollment-began", ...event });
  });
  return toEnrollment({ id: row.id, ...drawn, expiresAt: row.expiresAt });
}

/** The usual name; with a number where another authenticator bears it already. */
function freeName(usual: string, authenticators: readonly { readonly name: string }[]): string {
  const taken = new Set(authenticators.map(({ name }) => name));
  let name = usual;
  for (let count = 2; taken.has(name); count += 1) name = `${usual} ${count}`;
  return name;
}
