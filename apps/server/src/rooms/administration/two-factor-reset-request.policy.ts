import type { Assurance, CredentialType } from "../../platform/access.js";
import type { AccountEntity } from "../accounts/account.entity.js";
import type { TwoFactorResetRequestEntity } from "./two-factor-reset-request.entity.js";

/** How long a request waits for a second administrator, in milliseconds. */
export const REQUEST_LIFETIME = 24 * 60 * 60_000;
/** How long somebody must have been an administrator to approve, in milliseconds. */
const SENIORITY = 24 * 60 * 60_000;

/** An administrator who would approve, and what they proved. */
export interface Approver {
  readonly account: Pick<AccountEntity, "id" | "roleChangedAt" | "twoFactorEnabledAt">;
  readonly credential: CredentialType;
  readonly assurance: Assurance;
}

type Request = Pick<TwoFactorResetRequestEntity, "accountId" | "requestedBy" | "requestedAt">;

/**
 * Says whether an administrator may approve a reset: neither who requested it nor whose it is, with a second factor of
 * their own, and an administrator for 24 hours and since before it was requested.
 */
export function mayApprove(
  { account, credential, assurance }: Approver,
  request: Request,
  now: number,
): boolean {
  if (credential !== "SESSION" || assurance !== "TWO_FACTOR") return false;
  if (account.id === request.requestedBy || account.id === request.accountId) return false;
  if (account.twoFactorEnabledAt === null) return false;
  return account.roleChangedAt <= now - SENIORITY && account.roleChangedAt < request.requestedAt;
}
