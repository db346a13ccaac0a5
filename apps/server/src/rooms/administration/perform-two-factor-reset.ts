import type { EntityManager } from "typeorm";
import type { CredentialType } from "../../platform/access.js";
import type { AccountEntity } from "../accounts/account.entity.js";
import { type Ended, endAccess } from "../accounts/end-access.js";
import { lowerApiTokens } from "../api-tokens/api-token.repository.js";
import { type Happening, type Named, recordEvent } from "../audit/record-event.js";
import { endTwoFactor } from "../two-factor/end-two-factor.js";

/** What a reset ends beside the second factor and all sessions. */
export interface ResetScope {
  readonly reason: string;
  readonly revokeAuthorizedApplications: boolean;
  readonly revokeApiTokens: boolean;
}

/** A reset, and who answers for it; no actor: someone at the command line. */
export interface TwoFactorResetOrder extends ResetScope {
  readonly account: Pick<AccountEntity, "id" | "loginName">;
  readonly actor: Named | null;
  readonly credential: CredentialType | null;
  readonly details?: Readonly<Record<string, string>>;
}

/**
 * Turns an account's second factor off in the transaction of whoever may, ends what goes with it, and records it; null
 * where it was off already. The owner is told after the commit.
 */
export async function performTwoFactorReset(
  manager: EntityManager,
  order: TwoFactorResetOrder,
  happening: Happening,
): Promise<Ended | null> {
  const { account, actor, credential, reason } = order;
  if (!(await endTwoFactor(manager, account.id, happening.now))) return null;
  const spared = { apiTokens: !order.revokeApiTokens, applications: !order.revokeAuthorizedApplications };
  const counts = await endAccess(manager, { accountId: account.id, now: happening.now }, spared);
  await lowerApiTokens(manager, account.id);
  const details = { ...order.details, reason, ...counts };
  const event = { action: "two-factor.reset", actor, subject: account, credential, details } as const;
  await recordEvent(manager, happening, event);
  return counts;
}
