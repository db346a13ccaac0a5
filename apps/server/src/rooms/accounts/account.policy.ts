import type { SecurityPolicy } from "../policy/policy.policy.js";
import type { AccountEntity } from "./account.entity.js";
import type { Role } from "./account-kind.js";

/** An administrator's lock ends after so many milliseconds, also where the policy says that none does. */
const ADMINISTRATOR_LOCK = 60 * 60_000;

/** The fields that say whether somebody tried too often. */
export type Lock = Pick<AccountEntity, "lockedAt" | "lockedUntil">;

/** Says whether neither password nor code is compared now. */
export function isLocked({ lockedAt, lockedUntil }: Lock, role: Role | null, now: number): boolean {
  if (lockedAt === null) return false;
  const end =
    lockedUntil ?? (role === "ADMINISTRATOR" ? lockedAt + ADMINISTRATOR_LOCK : Number.POSITIVE_INFINITY);
  return now < end;
}

/** {@link isLocked} as a condition on `accounts a`, for the time at a place of its statement. */
export const LOCKED_NOW = (now: string): string =>
  `a.locked_at IS NOT NULL AND (${now} < coalesce(a.locked_until, a.locked_at + ${ADMINISTRATOR_LOCK})
    OR (a.locked_until IS NULL AND a.role <> 'ADMINISTRATOR'))`;

/** When a lock that begins now ends, as answers say it; null: when an administrator unlocks it. */
export function lockEnd(
  { lockoutMinutes }: Pick<SecurityPolicy, "lockoutMinutes">,
  now: number,
): number | null {
  return lockoutMinutes === null ? null : now + lockoutMinutes * 60_000;
}
