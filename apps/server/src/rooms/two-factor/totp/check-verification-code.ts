import { type TotpSecret, verifyTotp } from "@keyturn/totp";
import type { Needs } from "../../../platform/context.js";
import type { Checked } from "../factor.js";
import type { AuthenticatorEntity } from "./authenticator.entity.js";
import { useStep } from "./authenticator.repository.js";

/** What a TOTP secret is sealed for: bound to its account, an enrollment's and an authenticator's alike. */
export const TOTP_SECRET = "totp-secret";

/** Compares a verification code with every authenticator of an account. Unreadable: no key opens any secret. */
export function checkVerificationCode(
  { vault, now }: Needs<"vault" | "now">,
  authenticators: readonly AuthenticatorEntity[],
  code: string,
): Checked {
  let readable = false;
  for (const authenticator of authenticators) {
    const opened = vault.open(
      { purpose: TOTP_SECRET, accountId: authenticator.accountId },
      authenticator.sealedSecret,
    );
    if (opened.state === "unreadable") continue;
    readable = true;
    const { lastUsedStep } = authenticator;
    const match = verifyTotp(opened.plain as TotpSecret, code, { at: now(), lastUsedStep });
    if (match === null) continue;
    return {
      state: "right",
      redeem: (manager, at) => useStep(manager, authenticator, { step: match.step, now: at }),
    };
  }
  return { state: readable || authenticators.length === 0 ? "wrong" : "unreadable" };
}
