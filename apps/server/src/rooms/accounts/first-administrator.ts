import { randomBytes } from "node:crypto";
import { ConfigurationError } from "../../platform/config-error.js";
import type { Needs } from "../../platform/context.js";
import { insert, sql } from "../../platform/sql.js";
import { holdPolicy, loadPolicy } from "../policy/policy.repository.js";
import { AccountEntity } from "./account.entity.js";
import { readLoginName } from "./login-name.js";
import { newAccount } from "./new-account.js";
import { judgeNewPassword } from "./new-password.js";

const PASSWORD = "KEYTURN_ADMIN_PASSWORD";

/**
 * Makes the first administrator where there is no account at all, whichever of several processes comes first.
 *
 * Returns its login name, and its password where one was drawn: that is to be shown this once. Null: there are accounts.
 *
 * @throws ConfigurationError where the configured password may not be set
 */
export async function makeFirstAdministrator(
  needs: Needs<"db" | "now" | "hasher" | "config">,
): Promise<{ loginName: string; drawnPassword: string | null } | null> {
  if (await hasAccounts(needs.db.read)) return null;
  const { loginName, password } = needs.config.firstAdministrator;
  const name = readLoginName(loginName, ["KEYTURN_ADMIN_LOGIN_NAME"]);
  if (password !== null) await refuseWeak(needs, { loginName: name, password });
  const drawn = password === null ? randomBytes(15).toString("base64url") : null;
  const passwordHash = await needs.hasher.hash(password ?? drawn ?? "");
  const given = {
    loginName: name,
    displayName: name,
    emailAddress: null,
    locale: "en",
    passwordHash,
  } as const;
  const account = newAccount({ ...given, kind: "PERSON", role: "ADMINISTRATOR" }, needs.now());
  const made = await needs.db.transaction(async (manager) => {
    await holdPolicy(manager);
    if (await hasAccounts(manager)) return false;
    await insert(manager, AccountEntity, account);
    return true;
  });
  return made ? { loginName: name, drawnPassword: drawn } : null;
}

async function refuseWeak(
  needs: Needs<"db" | "config">,
  { loginName, password }: { loginName: string; password: string },
): Promise<void> {
  const owner = { loginName, displayName: loginName, emailAddress: null };
  const judging = { owner, policy: await loadPolicy(needs.db.read), locale: "en", path: [PASSWORD] } as const;
  const weak = await judgeNewPassword(needs, password, judging);
  if (weak === null) return;
  throw new ConfigurationError([{ name: PASSWORD, expected: `another password. ${weak.rules.join(" ")}` }]);
}

async function hasAccounts(manager: Parameters<typeof sql>[0]): Promise<boolean> {
  return (await sql(manager, "SELECT id FROM accounts LIMIT 1")).rows.length > 0;
}
