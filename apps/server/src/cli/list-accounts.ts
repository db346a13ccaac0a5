import { toAccount } from "../rooms/accounts/account.graphql.js";
import type { AccountAndPolicy } from "../rooms/accounts/account.repository.js";
import type { AccountFilter } from "../rooms/accounts/find-accounts.js";
import { eachAccount } from "../rooms/administration/command-line/each-account.js";
import { instant, minute, printPages } from "./output.js";
import { withDatabaseToRead } from "./with-database.js";

/** What `accounts list` can be asked. */
export interface ListAccountsOptions {
  readonly search?: string;
  readonly twoFactor?: "on" | "off";
  readonly role?: "user" | "administrator";
  readonly kind?: "person" | "guest" | "service";
  readonly status?: "active" | "suspended";
  readonly locked?: true;
  readonly json?: true;
}

const HEAD = [
  "LOGIN NAME",
  "DISPLAY NAME",
  "EMAIL ADDRESS",
  "KIND",
  "ROLE",
  "STATUS",
  "TWO-FACTOR",
  "LAST LOGIN",
];

/** Lists accounts, the oldest first. */
export async function listAccounts(options: ListAccountsOptions): Promise<void> {
  await withDatabaseToRead(async (run) => {
    const now = run.now();
    await printPages(eachAccount(run, filterOf(options)), {
      json: options.json ?? false,
      toJson: (found) => toJson(found, now),
      head: HEAD,
      toRow: (found) => toRow(found, now),
      none: "No account matches.",
    });
  });
}

const TWO_FACTOR = { on: "ENABLED", off: "DISABLED" } as const;

function filterOf({ search, twoFactor, role, kind, status, locked }: ListAccountsOptions): AccountFilter {
  return {
    search: search ?? null,
    twoFactor: twoFactor === undefined ? null : TWO_FACTOR[twoFactor],
    role: (role?.toUpperCase() as AccountFilter["role"]) ?? null,
    kind: (kind?.toUpperCase() as AccountFilter["kind"]) ?? null,
    status: (status?.toUpperCase() as AccountFilter["status"]) ?? null,
    locked: locked ?? null,
  };
}

function toJson(found: AccountAndPolicy, now: number): object {
  const { source: _source, ...account } = toAccount(found, now);
  const { twoFactorEnabledAt } = found.account;
  return {
    ...account,
    lockedUntil: instant(account.lockedUntil),
    createdAt: instant(account.createdAt),
    lastLoginAt: instant(account.lastLoginAt),
    twoFactor: twoFactorEnabledAt === null ? "DISABLED" : "ENABLED",
    twoFactorEnabledAt: instant(twoFactorEnabledAt),
  };
}

function toRow(found: AccountAndPolicy, now: number): string[] {
  const { loginName, displayName, emailAddress, kind, role, status, locked, lastLoginAt } = toAccount(
    found,
    now,
  );
  const names = [loginName, displayName, emailAddress ?? ""];
  const state = locked ? `${status.toLowerCase()}, locked` : status.toLowerCase();
  const twoFactor = found.account.twoFactorEnabledAt === null ? "off" : "on";
  return [...names, kind.toLowerCase(), role.toLowerCase(), state, twoFactor, minute(lastLoginAt)];
}
