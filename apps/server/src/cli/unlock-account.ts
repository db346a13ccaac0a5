import { unlockByCommandLine } from "../rooms/administration/command-line/unlock-by-command-line.js";
import { orUnknown } from "./or-unknown.js";
import { print } from "./output.js";
import { withDatabase } from "./with-database.js";

/** Lifts the lock of an account. */
export async function unlockAccount(loginName: string): Promise<void> {
  await withDatabase(async (run) => {
    const { account, wasLocked } = await orUnknown(loginName, () =>
      unlockByCommandLine(run, run.request, loginName),
    );
    await print(
      wasLocked
        ? `${account.loginName} is unlocked. The counts of failed attempts and of wrong codes start again.\n`
        : `${account.loginName} was not locked. The counts of failed attempts and of wrong codes start again.\n`,
    );
  });
}
