/**
 * Time-based one-time passwords (RFC 6238) whose verification cannot forget replay.
 *
 * @packageDocumentation
 */
export { clockSkewSeconds } from "./clock-skew.js";
export { keyUri, manualKey } from "./key-uri.js";
export { type KeyUriFault, type KeyUriRead, parseKeyUri } from "./parse-key-uri.js";
export { qrCodePngDataUrl, qrCodeSvg } from "./qr-code.js";
export { digestRecoveryCode, drawRecoveryCodes, normalizeRecoveryCode } from "./recovery-codes.js";
export { generateSecret, parseSecret, type TotpSecret } from "./secret.js";
export { timeStep } from "./time-step.js";
export { normalizeCode, verifyTotp } from "./totp.js";
