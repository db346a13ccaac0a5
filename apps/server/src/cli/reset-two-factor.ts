import { resetTwoFactorByCommandLine } from "../rooms/administration/command-line/reset-two-factor-by-command-line.js";
import { CommandError } from "./command-error.js";
import { orUnknown } from "./or-unknown.js";
import { print } from "./output.js";
import { withDatabase } from "./with-database.js";

/** What `two-factor reset` can be asked. */
export interface ResetTwoFactorOptions {
  readonly reason: string;
  readonly revokeApiTokens?: true;
  readonly keepApplications?: true;
}

/** Turns the second factor of an account off, for a lost device. */
export async function resetTwoFactor(loginName: string, options: ResetTwoFactorOptions): Promise<void> {
  const order = {
    ...{ loginName, reason: options.reason },
    revokeApiTokens: options.revokeApiTokens ?? false,
    revokeAuthorizedApplications: !(options.keepApplications ?? false),
  };
  await withDatabase(async (run) => {
    const { account, counts } = await orUnknown(loginName, () =>
      resetTwoFactorByCommandLine(run, run.request, order),
    );
    if (counts === null)
      throw new CommandError(`Two-factor authentication is not enabled for ${account.loginName}.`);
    const { sessionsRevoked, apiTokensRevoked, applicationsRevoked } = counts;
    await print(`Two-factor authentication of ${account.loginName} is disabled. The password alone logs in now.
Ended: sessions ${sessionsRevoked}, API tokens ${apiTokensRevoked}, applications ${applicationsRevoked}.
${account.emailAddress === null ? "No email address is known" : `An email tells ${account.emailAddress}`}.
`);
  });
}
