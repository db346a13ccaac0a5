import type { ReactNode } from "react";
import type { GetAccountQuery } from "../../../generated/edit-account";
import { say } from "../../../words/say";

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

/** What acts on the account end: a service account has no password, no session and no second factor. */
export function hintsFor({ kind }: EditedAccount): typeof say.editUser.hints {
  return kind === "SERVICE" ? say.editUser.hintsOfService : say.editUser.hints;
}

/** What every part of the page is given. */
export interface PartProps {
  readonly account: EditedAccount;
  /** Whether it is the administrator's own. */
  readonly isOwn: boolean;
  /** Says what was done, and reads the account anew. */
  readonly onDone: (message: ReactNode) => void;
}
