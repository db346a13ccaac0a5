import type { Needs } from "../../../platform/context.js";
import type { AccountEntity } from "../../accounts/account.entity.js";
import { isLocked } from "../../accounts/account.policy.js";
import { unlock } from "../../accounts/unlock.js";
import { type Origin, recordEvent } from "../../audit/record-event.js";
import { BY_COMMAND_LINE } from "./by-command-line.js";
import { findByLoginName } from "./find-by-login-name.js";

/**
 * Lifts an account's lock, and starts its counts of failed attempts and of wrong codes again. Says whether it was
 * locked.
 *
 * @throws Refusal NOT_FOUND
 */
export async function unlockByCommandLine(
  needs: Needs<"db" | "now">,
  request: Origin,
  loginName: string,
): Promise<{ account: AccountEntity; wasLocked: boolean }> {
  return await needs.db.transaction(async (manager) => {
    const account = await findByLoginName(manager, loginName);
    const now = needs.now();
    await unlock(manager, account.id, { forgetsWrongCodes: true });
    const event = { ...BY_COMMAND_LINE, action: "account.unlocked", subject: account } as const;
    await recordEvent(manager, { now, request }, event);
    return { account, wasLocked: isLocked(account, account.role, now) };
  });
}
