import type { Needs } from "../../platform/context.js";
import { type Attempt, type FailedAt, fail } from "../accounts/attempts.js";
import { isWarningDue, tellAccount } from "../accounts/tell-account.js";
import { type AuditEvent, type Named, recordEvent } from "../audit/record-event.js";
import type { Asked } from "./asked.js";

/** Counts and records a wrong attempt; a right password with a wrong code is told to the account's owner. */
export async function attemptFailed(
  needs: Needs<"db" | "now" | "mailer" | "config" | "throttle">,
  asked: Asked,
  { attempt, at }: { attempt: Attempt; at: FailedAt },
): Promise<void> {
  const now = needs.now();
  const { subject } = asked;
  needs.throttle.fail(asked.request.ipAddress);
  const warn = await needs.db.transaction(async (manager) => {
    const { locked } = await fail(manager, attempt, { at, now });
    const what = at === "code" ? (asked.proof?.method ?? null) : "PASSWORD";
    await recordEvent(manager, { ...asked, now }, refusedEvent(asked, { at: what }));
    if (locked)
      await recordEvent(manager, { ...asked, now }, { action: "account.locked", subject: named(asked) });
    if (at !== "code" || !followsPassword(asked) || subject.kind === "unknown") return false;
    return isWarningDue(manager, subject.account, { warning: "warned_wrong_code_at", now });
  });
  if (warn && subject.kind === "account")
    tellAccount(needs, subject.account, (mails, to) => mails.wrongCode(to));
}

/** Whether the password was right, in this step or in the one that opened the login's challenge. */
function followsPassword({ password, completes }: Asked): boolean {
  return password.kind === "typed" || completes === "login";
}

/** Records an attempt that was refused before anything was compared, and why. */
export async function attemptRefused(
  needs: Needs<"db" | "now" | "throttle">,
  asked: Asked,
  reason: "LOCK" | "TWO_FACTOR_REQUIRED",
): Promise<void> {
  needs.throttle.fail(asked.request.ipAddress);
  const happening = { ...asked, now: needs.now() };
  await needs.db.transaction((manager) =>
    recordEvent(manager, happening, refusedEvent(asked, { at: reason })),
  );
}

/** Whom an event of an attempt names: a name that no account bears appears as typed, with no actor. */
export function whoAttempts(asked: Asked): { actor?: Named; subject: Named } {
  const who = named(asked);
  return asked.subject.kind === "account" ? { actor: who, subject: who } : { subject: who };
}

function refusedEvent(asked: Asked, details: { at: string | null }): AuditEvent {
  return {
    action: asked.failure,
    failed: true,
    ...whoAttempts(asked),
    credential: asked.credential,
    details,
  };
}

function named({ subject, loginName }: Asked): Named {
  return subject.kind === "account" ? subject.account : { id: null, loginName };
}
