import type { Needs } from "../../../platform/context.js";
import { readText } from "../../../platform/input.js";
import type { AccountEntity } from "../../accounts/account.entity.js";
import type { Ended } from "../../accounts/end-access.js";
import { tellAccount } from "../../accounts/tell-account.js";
import type { Origin } from "../../audit/record-event.js";
import { holdPolicy } from "../../policy/policy.repository.js";
import { performTwoFactorReset, type ResetScope } from "../perform-two-factor-reset.js";
import { BY_COMMAND_LINE } from "./by-command-line.js";
import { findByLoginName } from "./find-by-login-name.js";

/** What was reset; no counts: two-factor was off. */
export interface TwoFactorResetDone {
  readonly account: AccountEntity;
  readonly counts: Ended | null;
}

/**
 * Turns an account's second factor off as an administrator's reset does, for whoever can run commands on the server.
 * It asks for nobody's approval: it is the way back for the last administrator.
 *
 * @throws Refusal NOT_FOUND
 */
export async function resetTwoFactorByCommandLine(
  needs: Needs<"db" | "now" | "mailer" | "config">,
  request: Origin,
  order: ResetScope & { readonly loginName: string },
): Promise<TwoFactorResetDone> {
  const reason = readText(order.reason, { path: ["--reason"], maximum: 500 });
  const done = await needs.db.transaction(async (manager) => {
    // As administrators' changes do, it comes before or after another, not between.
    await holdPolicy(manager);
    const account = await findByLoginName(manager, order.loginName);
    const happening = { now: needs.now(), request };
    const counts = await performTwoFactorReset(
      manager,
      { ...order, ...BY_COMMAND_LINE, reason, account },
      happening,
    );
    return { account, counts };
  });
  const { account, counts } = done;
  if (counts !== null) {
    const { applicationsRevoked } = counts;
    tellAccount(needs, account, (mails, to) =>
      mails.twoFactorReset(to, { by: null, reason, applicationsRevoked }),
    );
  }
  return done;
}
