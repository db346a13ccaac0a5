import { say } from "../../words/say";

interface WrongCode {
  readonly message: string;
  /** How far the clock of the person's device seems to be off; null where that is not known. */
  readonly clockSkewSeconds?: number | null;
}

/** Why a code was refused, and, where its device's clock seems to be off, by how much. */
export function wrongCode({ message, clockSkewSeconds = null }: WrongCode): string {
  if (clockSkewSeconds === null) return say.login.codeWrong;
  const seconds = Math.abs(clockSkewSeconds);
  const hint = clockSkewSeconds > 0 ? say.twoFactorSetup.clockFast : say.twoFactorSetup.clockSlow;
  return `${message} ${hint(seconds)}`;
}
