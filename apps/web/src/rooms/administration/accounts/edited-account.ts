import type { ReactNode } from "react";
import type { GetAccountQuery } from "../../../generated/edit-account";

/** The account whose page is shown. */
export type EditedAccount = NonNullable<GetAccountQuery["account"]>;

/** How the second factor of the account is reset. */
export interface ResetState {
  /** Whether a second administrator must approve it. */
  readonly needsApproval: boolean;
  /** Until when a reset waits for that; null where none does. */
  readonly waitsUntil: string | null;
}

/** Reads it out of what was asked with the account. */
export function resetStateOf({
  account,
  securityPolicy,
  twoFactorResetRequests,
}: GetAccountQuery): ResetState {
  const waiting = twoFactorResetRequests.nodes.find((request) => request.account.id === account?.id);
  return {
    needsApproval: securityPolicy.resetNeedsApproval,
    waitsUntil: waiting?.expiresAt ?? null,
  };
}

/** What every part of the page is given. */
export interface PartProps {
  readonly account: EditedAccount;
  /** Whether it is the administrator's own. */
  readonly isOwn: boolean;
  /** Says what was done, and reads the account anew. */
  readonly onDone: (message: ReactNode) => void;
}
