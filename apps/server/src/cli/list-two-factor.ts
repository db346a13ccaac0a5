import { listProtectedAccounts } from "../rooms/two-factor/list-protected-accounts.js";
import { instant, minute, printPages } from "./output.js";
import { withDatabaseToRead } from "./with-database.js";

/** Lists who has two-factor authentication on, since when, and how many authenticators and recovery codes. */
export async function listTwoFactor({ json = false }: { json?: boolean }): Promise<void> {
  await withDatabaseToRead((run) =>
    printPages(listProtectedAccounts(run), {
      json,
      toJson: (account) => ({ ...account, enabledAt: instant(account.enabledAt) }),
      head: ["LOGIN NAME", "DISPLAY NAME", "SINCE", "AUTHENTICATORS", "RECOVERY CODES"],
      toRow: ({ loginName, displayName, enabledAt, authenticators, recoveryCodes }) => [
        ...[loginName, displayName, minute(enabledAt)],
        ...[String(authenticators), String(recoveryCodes)],
      ],
      none: "Nobody has two-factor authentication enabled.",
    }),
  );
}
