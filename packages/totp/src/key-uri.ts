import type { TotpSecret } from "./secret.js";

/**
 * Builds the `otpauth://` URI that an authenticator app reads from a QR code.
 *
 * It carries the secret: show it once, to the account's owner, and keep it out of logs. Colons
 * are dropped from issuer and name, as a second one, even percent-encoded, breaks the label in
 * apps; a space becomes `%20`, as apps show a `+`. The parameters say what apps assume anyway,
 * in the order of the key URI format.
 */
export function keyUri({
  issuer,
  accountName,
  secret,
}: {
  issuer: string;
  accountName: string;
  secret: TotpSecret;
}): string {
  const from = encodeLabel(issuer);
  const label = `${from}:${encodeLabel(accountName)}`;
  return `otpauth://totp/${label}?secret=${secret}&issuer=${from}&algorithm=SHA1&digits=6&period=30`;
}

/** Shows a secret as groups of four characters, for those who type it instead of scanning. */
export function manualKey(secret: TotpSecret): string {
  return secret.replace(/.{4}(?=.)/g, "$& ");
}

// A lone surrogate would make encodeURIComponent throw.
function encodeLabel(text: string): string {
  const label = text.replaceAll(":", "").replace(/\p{Surrogate}/gu, "\uFFFD");
  return encodeURIComponent(label.trim());
}
