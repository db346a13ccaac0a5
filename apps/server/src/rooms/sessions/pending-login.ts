import { readToken } from "../../platform/bearer-token.js";
import type { Needs } from "../../platform/context.js";
import { type MessageLocale, messageLocale } from "../../platform/locale.js";
import { type ShownSecret, showAgain } from "../two-factor/totp/totp-enrollment.js";
import { methodsOf, type TwoFactorMethod } from "../two-factor/two-factor.policy.js";
import { findChallenge } from "./login-challenge.repository.js";

/** What a login waits for once its password was right. */
export interface PendingLogin {
  /** The account's own. */
  readonly locale: MessageLocale;
  readonly methods: readonly TwoFactorMethod[];
  /** The secret to set up first; null where the account has a second factor. */
  readonly enrollment: ShownSecret | null;
}

/** Finds what a login waits for, by its challenge, for a page that is shown again; null where it has expired. */
export async function findPendingLogin(
  needs: Needs<"db" | "now" | "vault" | "config">,
  challenge: string,
): Promise<PendingLogin | null> {
  const token = readToken(challenge);
  const found = token?.prefix === "ktc_" ? await findChallenge(needs.db.read, token.hash, needs.now()) : null;
  if (found === null) return null;
  const { account } = found;
  const { sealedSecret } = found.challenge;
  const enrollment = sealedSecret === null ? null : showAgain(needs, account, sealedSecret);
  if (sealedSecret !== null && enrollment === null) return null;
  return { locale: messageLocale(account.locale), methods: methodsOf(account), enrollment };
}
