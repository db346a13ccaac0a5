import type { Needs } from "../../platform/context.js";
import type { PasswordHash } from "../../platform/password-hash.js";
import type { Attempt } from "../accounts/attempts.js";
import type { Asked } from "./asked.js";
import { checkProof } from "./check-proof.js";
import { type Checked, traitsOf } from "./factor.js";
import { listAuthenticators } from "./totp/authenticator.repository.js";

/**
 * Compares the password of an attempt, where one is asked. A name that no account bears, and an account that is
 * suspended, has no password or is a program's, take as long and are wrong.
 */
export async function comparePassword(
  { hasher }: Needs<"hasher">,
  { subject, password }: Asked,
): Promise<{ right: boolean; renewedHash: PasswordHash | null }> {
  if (password.kind === "not asked") return { right: subject.kind === "account", renewedHash: null };
  const account = subject.kind === "account" && subject.account.kind !== "SERVICE" ? subject.account : null;
  const hash = (account?.passwordHash ?? null) as PasswordHash | null;
  const { right, renew } = await hasher.verify(hash, password.text);
  const admitted = right && account?.suspendedAt === null;
  return { right: admitted, renewedHash: admitted && renew ? await hasher.hash(password.text) : null };
}

/** Compares the proof of an attempt, where one is asked; null where none is. */
export async function compareProof(
  needs: Needs<"vault" | "now" | "db">,
  { subject, proof, authenticators }: Asked,
  { codeCharged }: Attempt,
): Promise<Checked | null> {
  if (proof === null || subject.kind === "unknown") return null;
  // The budget of wrong codes is spent: none is compared any more.
  if (traitsOf(proof).codes === "guessable" && !codeCharged) return { state: "wrong" };
  const accountId = subject.account.id;
  const known = authenticators ?? (await listAuthenticators(needs.db.read, accountId));
  return checkProof(needs, { accountId, authenticators: known }, proof);
}
