import type { EntityManager } from "typeorm";
import type { Needs } from "../../platform/context.js";
import type { PasswordHash } from "../../platform/password-hash.js";
import { refuseThrottled } from "../../platform/refuse-throttled.js";
import { type Attempt, giveBack, settle, takeAttempt } from "../accounts/attempts.js";
import { tellAccount } from "../accounts/tell-account.js";
import { recordEvent } from "../audit/record-event.js";
import type { Asked } from "./asked.js";
import { comparePassword, compareProof } from "./compare.js";
import { type Checked, traitsOf } from "./factor.js";
import { attemptFailed, attemptRefused, whoAttempts } from "./failed-attempt.js";
import { Proven } from "./proven.js";
import { countRecoveryCodes } from "./recovery-codes/recovery-code.repository.js";

/** Why nothing was proven. */
export type NotProven =
  | { readonly state: "wrong-password" }
  | { readonly state: "wrong-code" }
  | { readonly state: "locked"; readonly lockedUntil: number | null }
  | { readonly state: "unreadable" }
  /** The account changed while it was being compared. */
  | { readonly state: "changed" };

export type ProveNeeds = Needs<"db" | "now" | "vault" | "hasher" | "mailer" | "config" | "throttle">;

/**
 * Proves a password, a second factor or both, and does `work` in the transaction that uses the proof up.
 *
 * The one place where a password or a code is compared for a person: it takes the attempt first, compares outside of
 * any transaction, and counts, records and warns of what was wrong. Of two uses of one code at once, one succeeds.
 *
 * @throws Refusal RATE_LIMITED where the address or the account had too many attempts, or too many hashes wait
 */
export async function prove<Result>(
  needs: ProveNeeds,
  asked: Asked,
  work: (manager: EntityManager, proven: Proven) => Promise<Result>,
): Promise<{ readonly state: "proven"; readonly result: Result } | NotProven> {
  await refuseThrottled(needs, asked.request);
  const code = asked.proof !== null && traitsOf(asked.proof).codes === "guessable" ? "code" : "no code";
  const taken = await takeAttempt(needs, asked.subject, { policy: asked.policy, code });
  if (taken.state === "locked") {
    await attemptRefused(needs, asked, "LOCK");
    return taken;
  }
  const { attempt } = taken;
  const compared = await givingBackWhatWasNotCompared(needs, attempt, () => compare(needs, asked, attempt));
  switch (compared.state) {
    case "wrong-password":
    case "wrong-code":
      await attemptFailed(needs, asked, {
        attempt,
        at: compared.state === "wrong-code" ? "code" : "password",
      });
      return compared;
    case "unreadable":
      await needs.db.transaction((manager) => giveBack(manager, attempt));
      return compared;
    case "right":
      return await succeed(needs, { ...compared, asked, attempt }, work);
  }
}

type Compared =
  | { readonly state: "wrong-password" | "wrong-code" | "unreadable" }
  | {
      readonly state: "right";
      readonly checked: RightProof | null;
      readonly renewedHash: PasswordHash | null;
    };

type RightProof = Extract<Checked, { state: "right" }>;

async function compare(needs: ProveNeeds, asked: Asked, attempt: Attempt): Promise<Compared> {
  const password = await comparePassword(needs, asked);
  if (!password.right) return { state: "wrong-password" };
  const checked = await compareProof(needs, asked, attempt);
  if (checked?.state === "wrong") return { state: "wrong-code" };
  if (checked?.state === "unreadable") return checked;
  return { state: "right", checked, renewedHash: password.renewedHash };
}

async function givingBackWhatWasNotCompared<Result>(
  needs: ProveNeeds,
  attempt: Attempt,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    await needs.db.transaction((manager) => giveBack(manager, attempt));
    throw error;
  }
}

interface Success {
  readonly asked: Asked;
  readonly attempt: Attempt;
  readonly checked: RightProof | null;
  readonly renewedHash: PasswordHash | null;
}

/** Rolls back what a right proof began: another request used it up first. */
class UsedUp extends Error {}

async function succeed<Result>(
  needs: ProveNeeds,
  success: Success,
  work: (manager: EntityManager, proven: Proven) => Promise<Result>,
): Promise<{ state: "proven"; result: Result } | NotProven> {
  const { asked, attempt } = success;
  try {
    const done = await needs.db.transaction((manager) =>
      useProof(manager, { ...success, now: needs.now() }, work),
    );
    if (done === null) {
      await needs.db.transaction((manager) => giveBack(manager, attempt));
      return { state: "changed" };
    }
    warnOfRecoveryCode(needs, asked, done.proven);
    return { state: "proven", result: done.result };
  } catch (error) {
    if (!(error instanceof UsedUp)) {
      await needs.db.transaction((manager) => giveBack(manager, attempt));
      throw error;
    }
    await attemptFailed(needs, asked, { attempt, at: "code" });
    return { state: "wrong-code" };
  }
}

/** The account's row is taken first, then its factors', as everywhere: no two transactions wait for each other. */
async function useProof<Result>(
  manager: EntityManager,
  { asked, attempt, checked, renewedHash, now }: Success & { readonly now: number },
  work: (manager: EntityManager, proven: Proven) => Promise<Result>,
): Promise<{ proven: Proven; result: Result } | null> {
  const settlement = { completes: asked.completes, codeWasRight: checked !== null, renewedHash, now };
  if (!(await settle(manager, attempt, settlement))) return null;
  if (checked !== null && !(await checked.redeem(manager, now))) throw new UsedUp();
  const proven = await whatWasProven(manager, asked);
  if (proven.recoveryCodesRemaining !== null) {
    const details = { remaining: proven.recoveryCodesRemaining };
    const event = { ...whoAttempts(asked), credential: asked.credential, details };
    await recordEvent(manager, { ...asked, now }, { action: "recovery-code.used", ...event });
  }
  return { proven, result: await work(manager, proven) };
}

async function whatWasProven(manager: EntityManager, { subject, proof, password }: Asked): Promise<Proven> {
  const recoveryCodesRemaining =
    proof?.method === "RECOVERY_CODE" && subject.kind === "account"
      ? await countRecoveryCodes(manager, subject.account.id)
      : null;
  return Proven.byComparison({ password: password.kind === "typed", proof, recoveryCodesRemaining });
}

function warnOfRecoveryCode(needs: ProveNeeds, { subject }: Asked, { recoveryCodesRemaining }: Proven): void {
  if (recoveryCodesRemaining === null || subject.kind === "unknown") return;
  tellAccount(needs, subject.account, (mails, to) => mails.recoveryCodeUsed(to, recoveryCodesRemaining));
}
