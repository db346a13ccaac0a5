import type { ReactNode } from "react";
import type { GetAccountQuery } from "../../../generated/edit-account";

/** The account whose page is shown. */
export type EditedAccount = NonNullable<GetAccountQuery["account"]>;

/** What every part of the page is given. */
export interface PartProps {
  readonly account: EditedAccount;
  /** Whether it is the administrator's own. */
  readonly isOwn: boolean;
  /** Says what was done, and reads the account anew. */
  readonly onDone: (message: ReactNode) => void;
}
