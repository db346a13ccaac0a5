import {
  clockSkewSeconds,
  generateSecret,
  keyUri,
  manualKey,
  type TotpSecret,
  verifyTotp,
} from "@keyturn/totp";
import type { Needs } from "../../../platform/context.js";
import type { SealedSecret } from "../../../platform/vault.js";
import type { AccountEntity } from "../../accounts/account.entity.js";
import { TOTP_SECRET } from "./check-verification-code.js";

/** How long an enrollment waits for its first code, in milliseconds. */
export const ENROLLMENT_LIFETIME = 15 * 60_000;
/** So many wrong codes end an enrollment; they count against it alone. */
export const ENROLLMENT_WRONG_CODES = 10;

/** A fresh secret: sealed for the database, and once in the clear for the person. */
export interface DrawnSecret extends ShownSecret {
  readonly sealedSecret: SealedSecret;
}

/** A secret that waits for its first code, as a person takes it into an app. */
export interface ShownSecret {
  readonly otpauthUri: string;
  readonly manualKey: string;
}

/** Draws a secret for an account. */
export function drawSecret(
  { vault, config }: Needs<"vault" | "config">,
  account: AccountEntity,
): DrawnSecret {
  const secret = generateSecret();
  const sealedSecret = vault.seal({ purpose: TOTP_SECRET, accountId: account.id }, secret);
  return { sealedSecret, ...show({ config }, account, secret) };
}

/** Shows a drawn secret once more, while it waits for its first code; null where no key opens it. */
export function showAgain(
  { vault, config }: Needs<"vault" | "config">,
  account: AccountEntity,
  sealedSecret: SealedSecret,
): ShownSecret | null {
  const opened = vault.open({ purpose: TOTP_SECRET, accountId: account.id }, sealedSecret);
  return opened.state === "opened" ? show({ config }, account, opened.plain as TotpSecret) : null;
}

function show(
  { config }: Needs<"config">,
  { loginName }: Pick<AccountEntity, "loginName">,
  secret: TotpSecret,
): ShownSecret {
  const otpauthUri = keyUri({ issuer: config.issuerName, accountName: loginName, secret });
  return { otpauthUri, manualKey: manualKey(secret) };
}

/** What an enrollment's code proved. */
export type FirstCode =
  | { readonly state: "right"; readonly step: number }
  | { readonly state: "wrong"; readonly clockSkewSeconds: number | null }
  | { readonly state: "unreadable" };

/** Compares the first code of an enrollment; a wrong one hints at how far the device's clock is off. */
export function checkFirstCode(
  { vault, now }: Needs<"vault" | "now">,
  { accountId, sealedSecret }: { accountId: string; sealedSecret: SealedSecret },
  code: string,
): FirstCode {
  const opened = vault.open({ purpose: TOTP_SECRET, accountId }, sealedSecret);
  if (opened.state === "unreadable") return opened;
  const secret = opened.plain as TotpSecret;
  const match = verifyTotp(secret, code, { at: now(), lastUsedStep: null });
  if (match !== null) return { state: "right", step: match.step };
  return { state: "wrong", clockSkewSeconds: clockSkewSeconds(secret, code, { at: now() }) };
}
