import type { EntityManager } from "typeorm";
import type { Needs } from "../../platform/context.js";
import { isId } from "../../platform/id.js";
import { type Failure, failure } from "../../platform/user-error.js";
import { toAccount } from "../accounts/account.graphql.js";
import { findAccount } from "../accounts/account.repository.js";
import { tellAccount } from "../accounts/tell-account.js";
import { recordEvent } from "../audit/record-event.js";
import { type Caller, localeOf, sessionOf } from "../credentials/viewer.js";
import { holdPolicy } from "../policy/policy.repository.js";
import { holdAdministrator } from "./administer.js";
import { performTwoFactorReset } from "./perform-two-factor-reset.js";
import type { TwoFactorResetAnswer } from "./reset-two-factor.js";
import { mayApprove } from "./two-factor-reset-request.policy.js";
import {
  type FoundResetRequest,
  findResetRequest,
  holdRequested,
  removeResetRequest,
} from "./two-factor-reset-request.repository.js";

interface Answering {
  readonly approvalId: string;
}

/**
 * Approves a reset that waits, as a second administrator: it happens at once, and the owner is told by mail.
 *
 * Unknown are a request that expired or was answered, one about a factor that is gone, and one whose requester is an
 * administrator no more.
 */
export async function approveTwoFactorReset(
  needs: Needs<"db" | "now" | "mailer" | "config">,
  caller: Caller,
  input: Answering,
): Promise<TwoFactorResetAnswer | Failure<"APPROVAL_UNKNOWN"> | Failure<"APPROVER_NOT_ELIGIBLE">> {
  const done = await answer(needs, { caller, input }, async (manager, found, now) => {
    const viewer = sessionOf(caller);
    if (!mayApprove(viewer, found.request, now)) return failure("APPROVER_NOT_ELIGIBLE", localeOf(caller));
    return { ...(await reset(manager, { caller, found, now })), found, approver: viewer.account };
  });
  if ("code" in done) return done;
  const { requester, request, account } = done.found;
  const by = { by: requester.displayName, approvedBy: done.approver.displayName };
  const { applicationsRevoked } = done.answer;
  tellAccount(needs, account, (mails, to) =>
    mails.twoFactorReset(to, { ...by, reason: request.reason, applicationsRevoked }),
  );
  return done.answer;
}

async function reset(
  manager: EntityManager,
  { caller, found, now }: { caller: Caller; found: FoundResetRequest; now: number },
): Promise<{ answer: TwoFactorResetAnswer }> {
  const { request, requester, account } = found;
  const { account: actor } = sessionOf(caller);
  const details = { approval: request.id, requestedBy: requester.loginName };
  const order = { ...request, account, actor, credential: "SESSION", details } as const;
  await removeResetRequest(manager, request.id);
  const counts = await performTwoFactorReset(manager, order, { ...caller, now });
  const after = await findAccount(manager, account.id);
  if (counts === null || after === null) throw new Error("a factor was reset that was off");
  return { answer: { __typename: "TwoFactorReset", account: toAccount(after, now), ...counts } };
}

export interface TwoFactorResetRejectedAnswer {
  readonly __typename: "TwoFactorResetRejected";
  readonly approvalId: string;
}

/** Rejects a reset that waits; by the administrator who requested it, that is a withdrawal. The owner is told by mail. */
export async function rejectTwoFactorReset(
  needs: Needs<"db" | "now" | "mailer" | "config">,
  caller: Caller,
  input: Answering,
): Promise<TwoFactorResetRejectedAnswer | Failure<"APPROVAL_UNKNOWN">> {
  const { account: actor, credential } = sessionOf(caller);
  const done = await answer(needs, { caller, input }, async (manager, { request, account }, now) => {
    const isWithdrawal = actor.id === request.requestedBy;
    const action = isWithdrawal ? "two-factor.reset-withdrawn" : "two-factor.reset-rejected";
    await removeResetRequest(manager, request.id);
    const details = { approval: request.id };
    await recordEvent(manager, { ...caller, now }, { action, actor, subject: account, credential, details });
    return { approvalId: request.id, account, isWithdrawal };
  });
  if ("code" in done) return done;
  const { approvalId, account, isWithdrawal } = done;
  tellAccount(needs, account, (mails, to) =>
    mails.twoFactorResetRejected(to, { by: actor.displayName, isWithdrawal }),
  );
  return { __typename: "TwoFactorResetRejected", approvalId };
}

/** Finds the request and does the work under the same lock as every change by an administrator: one answer wins. */
async function answer<Result>(
  needs: Needs<"db" | "now">,
  { caller, input }: { caller: Caller; input: Answering },
  work: (manager: EntityManager, found: FoundResetRequest, now: number) => Promise<Result>,
): Promise<Result | Failure<"APPROVAL_UNKNOWN">> {
  const unknown = failure("APPROVAL_UNKNOWN", localeOf(caller));
  if (!isId(input.approvalId)) return unknown;
  return await needs.db.transaction(async (manager) => {
    await holdPolicy(manager);
    await holdAdministrator(manager, caller);
    const now = needs.now();
    const id = input.approvalId.toLowerCase();
    await holdRequested(manager, id);
    const found = await findResetRequest(manager, id, now);
    return found === null ? unknown : await work(manager, found, now);
  });
}
