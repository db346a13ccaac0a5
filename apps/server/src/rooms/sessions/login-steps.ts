import type { EntityManager } from "typeorm";
import type { Needs } from "../../platform/context.js";
import type { AccountAndPolicy } from "../accounts/account.repository.js";
import { isWarningDue, tellAccount } from "../accounts/tell-account.js";
import { recordEvent } from "../audit/record-event.js";
import type { Caller } from "../credentials/viewer.js";
import { type TwoFactorEnrollment, toEnrollment } from "../two-factor/enrollment.graphql.js";
import type { Proven } from "../two-factor/proven.js";
import { drawSecret } from "../two-factor/totp/totp-enrollment.js";
import { methodsOf, type TwoFactorMethod } from "../two-factor/two-factor.policy.js";
import { completeWithSession, type LoggedInAnswer, loggedIn } from "./logged-in.js";
import { openChallenge } from "./login-challenge.repository.js";

/** The second factor is awaited; no session exists. */
export interface ChallengeAnswer {
  readonly __typename: "TwoFactorChallenge";
  readonly challenge: string;
  readonly methods: readonly TwoFactorMethod[];
  readonly expiresAt: number;
}

/** A second factor is to be set up first; no session exists. */
export interface EnrollmentRequiredAnswer {
  readonly __typename: "TwoFactorEnrollmentRequired";
  readonly challenge: string;
  readonly enrollment: TwoFactorEnrollment;
  readonly expiresAt: number;
}

export type StepAnswer = LoggedInAnswer | ChallengeAnswer | EnrollmentRequiredAnswer;

/** Whose login takes a step, and how its session is to go out. */
export interface Step extends AccountAndPolicy {
  readonly caller: Caller;
  readonly useCookie: boolean;
  readonly now: number;
}

/** A step of a login: done in the transaction of its proof, and answered after the commit. */
export type TakeStep = (manager: EntityManager, proven: Proven) => Promise<() => StepAnswer>;

/** All that the account is asked for was proven: opens its session. */
export function toSessionStep(step: Step): TakeStep {
  return async (manager, proven) => {
    const completed = await completeWithSession(manager, step.caller, {
      ...step,
      proven,
      request: step.caller.request,
    });
    const { recoveryCodesRemaining } = proven;
    return () => loggedIn(step.caller, completed, { recoveryCodesRemaining });
  };
}

/** The password was right, and the account has a second factor: asks for it. */
export function toChallengeStep(step: Step): TakeStep {
  const { account, caller, now } = step;
  return async (manager, proven) => {
    const { token, expiresAt } = await openChallenge(manager, { ...step, proven, sealedSecret: null });
    await recordEvent(
      manager,
      { ...caller, now },
      { action: "login.challenged", actor: account, subject: account },
    );
    const methods = methodsOf(account);
    return () => ({ __typename: "TwoFactorChallenge", challenge: token, methods, expiresAt });
  };
}

/** The password was right, and the account must set up a second factor: offers one, and tells its owner. */
export function toEnrollmentStep(needs: Needs<"vault" | "config" | "mailer">, step: Step): TakeStep {
  const { account, caller, now } = step;
  return async (manager, proven) => {
    const drawn = drawSecret(needs, account);
    const { id, token, expiresAt } = await openChallenge(manager, {
      ...step,
      proven,
      sealedSecret: drawn.sealedSecret,
    });
    await recordEvent(
      manager,
      { ...caller, now },
      { action: "login.enrollment-offered", actor: account, subject: account },
    );
    const warn = await isWarningDue(manager, account, { warning: "warned_enrollment_at", now });
    return () => {
      if (warn) tellAccount(needs, account, (mails, to) => mails.enrollmentOffered(to));
      const enrollment = toEnrollment({ id, ...drawn, expiresAt });
      return { __typename: "TwoFactorEnrollmentRequired", challenge: token, enrollment, expiresAt };
    };
  };
}
