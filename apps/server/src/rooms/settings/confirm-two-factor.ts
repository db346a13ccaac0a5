import type { EntityManager } from "typeorm";
import type { Needs } from "../../platform/context.js";
import { isId } from "../../platform/id.js";
import { Refusal } from "../../platform/problem.js";
import { refuseThrottled } from "../../platform/refuse-throttled.js";
import { type Failure, failure } from "../../platform/user-error.js";
import { type Account, toAccount } from "../accounts/account.graphql.js";
import { endAccess } from "../accounts/end-access.js";
import { tellAccount } from "../accounts/tell-account.js";
import { recordEvent } from "../audit/record-event.js";
import { type Caller, localeOf, sessionOf } from "../credentials/viewer.js";
import { deliverToken } from "../sessions/deliver-token.js";
import { renewSession } from "../sessions/session.repository.js";
import {
  type AuthenticatorMade,
  addAuthenticator,
  type ConfirmedSecret,
  MAXIMUM_AUTHENTICATORS,
} from "../two-factor/add-authenticator.js";
import {
  type InvalidVerificationCodeFailure,
  invalidVerificationCode,
  type TwoFactorUnavailableFailure,
  twoFactorUnavailable,
} from "../two-factor/failures.js";
import { Proven } from "../two-factor/proven.js";
import { listAuthenticators } from "../two-factor/totp/authenticator.repository.js";
import { checkFirstCode } from "../two-factor/totp/totp-enrollment.js";
import { chargeEnrollment, takeEnrollment } from "../two-factor/totp/totp-enrollment.repository.js";
import { type Authenticator, toAuthenticator } from "../two-factor/two-factor.graphql.js";
import { twoFactorAvailability } from "../two-factor/two-factor.policy.js";

export interface ConfirmTwoFactorInput {
  readonly enrollmentId: string;
  readonly verificationCode: string;
  readonly revokeApiTokens?: boolean | null;
  readonly revokeAuthorizedApplications?: boolean | null;
}

export interface TwoFactorConfirmedAnswer {
  readonly __typename: "TwoFactorConfirmed";
  readonly account: Account;
  readonly authenticator: Authenticator;
  readonly recoveryCodes: readonly string[] | null;
  readonly sessionsRevoked: number;
  readonly sessionToken: string | null;
}

export type ConfirmTwoFactorAnswer =
  | TwoFactorConfirmedAnswer
  | InvalidVerificationCodeFailure
  | Failure<"ENROLLMENT_EXPIRED">
  | TwoFactorUnavailableFailure;

type ConfirmNeeds = Needs<"db" | "now" | "vault" | "mailer" | "config" | "throttle">;

/**
 * Confirms an enrollment of this session by the first code of its authenticator, which is used up by it.
 *
 * With the first authenticator two-factor is on: sessions that have proven no second factor end, and recovery codes
 * are shown this once. A wrong code changes nothing, and counts against the enrollment alone.
 */
export async function confirmTwoFactor(
  needs: ConfirmNeeds,
  caller: Caller,
  input: ConfirmTwoFactorInput,
): Promise<ConfirmTwoFactorAnswer> {
  const { account, policy, session } = sessionOf(caller);
  const locale = localeOf(caller);
  const expired = failure("ENROLLMENT_EXPIRED", locale);
  const availability = twoFactorAvailability(account, policy);
  if (availability !== "AVAILABLE") return twoFactorUnavailable(availability, locale);
  await refuseThrottled(needs, caller.request);
  const charge = { id: input.enrollmentId.toLowerCase(), sessionId: session.id, now: needs.now() };
  const enrollment = isId(charge.id)
    ? await needs.db.transaction((manager) => chargeEnrollment(manager, charge))
    : null;
  if (enrollment === null) return expired;
  const checked = checkFirstCode(needs, enrollment, input.verificationCode);
  if (checked.state === "unreadable") return expired;
  if (checked.state === "wrong") {
    needs.throttle.fail(caller.request.ipAddress);
    const event = {
      actor: account,
      subject: account,
      credential: "SESSION",
      details: { at: "TOTP" },
    } as const;
    await needs.db.transaction((manager) =>
      recordEvent(
        manager,
        { ...caller, now: needs.now() },
        { action: "proof.failed", failed: true, ...event },
      ),
    );
    return invalidVerificationCode(locale, checked.clockSkewSeconds);
  }
  const { name, sealedSecret, id } = enrollment;
  const confirmed = { name, sealedSecret, step: checked.step, enrollmentId: id };
  const done = await needs.db.transaction((manager) => confirm(manager, { needs, caller, input, confirmed }));
  return done === null ? expired : answer(needs, caller, done);
}

interface Confirmation {
  readonly needs: Needs<"now">;
  readonly caller: Caller;
  readonly input: ConfirmTwoFactorInput;
  readonly confirmed: ConfirmedSecret & { readonly enrollmentId: string };
}

interface Confirmed extends AuthenticatorMade {
  readonly sessionsRevoked: number;
  readonly token: string;
  readonly now: number;
}

async function confirm(
  manager: EntityManager,
  { needs, caller, input, confirmed }: Confirmation,
): Promise<Confirmed | null> {
  const now = needs.now();
  const { account, session } = sessionOf(caller);
  if (!(await takeEnrollment(manager, confirmed.enrollmentId))) return null;
  if ((await listAuthenticators(manager, account.id)).length >= MAXIMUM_AUTHENTICATORS) return null;
  const made = await addAuthenticator(manager, account, { ...confirmed, now });
  if (made === null) return null;
  const ended = await endAccess(
    manager,
    { accountId: account.id, now },
    {
      session: session.id,
      sessionsOfTwoFactors: true,
      apiTokens: input.revokeApiTokens !== true,
      applications: input.revokeAuthorizedApplications !== true,
    },
  );
  const proven = Proven.byFirstCode().withEarlierPassword();
  // The password's proof is as old as it was: the code alone makes nothing younger.
  const token = await renewSession(manager, {
    id: session.id,
    proven,
    authenticatedAt: session.authenticatedAt,
  });
  if (token === null) throw new Refusal("INVALID_CREDENTIALS");
  const action = made.recoveryCodes === null ? "two-factor.authenticator-added" : "two-factor.enabled";
  const details = { name: confirmed.name, ...ended };
  await recordEvent(
    manager,
    { ...caller, now },
    { action, actor: account, subject: account, credential: "SESSION", details },
  );
  return { ...made, sessionsRevoked: ended.sessionsRevoked, token, now };
}

function answer(needs: ConfirmNeeds, caller: Caller, done: Confirmed): TwoFactorConfirmedAnswer {
  const { account, policy, session } = sessionOf(caller);
  const { authenticator, recoveryCodes, sessionsRevoked, token, now } = done;
  tellAccount(needs, account, (mails, to) =>
    recoveryCodes === null ? mails.authenticatorAdded(to, authenticator.name) : mails.twoFactorEnabled(to),
  );
  const after = { ...account, twoFactorEnabledAt: account.twoFactorEnabledAt ?? now };
  return {
    __typename: "TwoFactorConfirmed",
    account: toAccount({ account: after, policy }, now),
    authenticator: toAuthenticator(authenticator),
    recoveryCodes,
    sessionsRevoked,
    sessionToken: deliverToken(caller, { token, useCookie: session.useCookie }),
  };
}
