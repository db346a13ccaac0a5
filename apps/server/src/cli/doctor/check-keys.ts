import { randomBytes } from "node:crypto";
import type { Config } from "../../platform/config.js";
import type { Needs } from "../../platform/context.js";
import { findSecretKeys } from "../../platform/secret-keys.js";
import { createVault, type Vault } from "../../platform/vault.js";
import { readSigningKeys } from "../../rooms/oauth/signing-keys.js";
import { checkSealedSecrets, type UnreadableSecret } from "../../rooms/two-factor/totp/sealed-secrets.js";
import { type Finding, ok, warning } from "./check.js";

/** So many accounts are named to people; programs get all. */
const NAMED = 20;

/** Tries to open every authenticator's secret, and names the accounts whose secret no key opens, and the keys that are missing. */
export async function checkKeys({ db, config }: Needs<"db"> & { config: Config }): Promise<Finding> {
  const { keys, vault } = vaultOf(config);
  let checked = 0;
  const unreadable: UnreadableSecret[] = [];
  for await (const page of checkSealedSecrets({ db, vault })) {
    checked += page.checked;
    unreadable.push(...page.unreadable);
  }
  if (unreadable.length > 0) return describe(checked, unreadable);
  return keys === null
    ? warning("keys", "There is no key yet; the first start makes one in the data directory.")
    : ok("keys", `${count(checked, "secret")} open. New ones are sealed under ${keys[0]?.id}.`);
}

/** Tries to open the keys that sign ID tokens. */
export async function checkSigningKeys({ db, config }: Needs<"db"> & { config: Config }): Promise<Finding> {
  const { opened, unreadable } = await readSigningKeys(vaultOf(config), db.read);
  if (unreadable.length === 0)
    return opened.length === 0
      ? ok("signing keys", "There is none yet; the first one is made when it is needed.")
      : ok("signing keys", `${count(opened.length, "key")} open: ${opened.map(nameOf).join(", ")}.`);
  const missingKeys = missingOf(unreadable);
  const parts = [`${unreadable.length} of ${opened.length + unreadable.length} cannot be opened.`];
  if (missingKeys.length > 0) parts.push(`Missing keys: ${missingKeys.join(", ")}.`);
  parts.push("Put what sealed them back, or replace them: keyturn keys rotate --at-once.");
  return {
    ...{ check: "signing keys", state: "fault", message: parts.join(" ") },
    details: { missingKeys, unreadable },
  };
}

function nameOf({ algorithm, id }: { algorithm: string; id: string }): string {
  return `${algorithm} ${id}`;
}

/** Where there is no key at all, every secret's is missing. */
function vaultOf(config: Config): { keys: ReturnType<typeof findSecretKeys>; vault: Vault } {
  const keys = findSecretKeys(config);
  return { keys, vault: createVault(keys ?? [{ id: "none", key: randomBytes(32) }]) };
}

function missingOf(unreadable: readonly { readonly missingKey: string | null }[]): string[] {
  return [...new Set(unreadable.map(({ missingKey }) => missingKey))].filter((id) => id !== null).sort();
}

function describe(checked: number, unreadable: readonly UnreadableSecret[]): Finding {
  const missingKeys = missingOf(unreadable);
  const accounts = [...new Set(unreadable.map(({ loginName }) => loginName))];
  const parts = [`${count(unreadable.length, "secret")} of ${checked} cannot be opened.`];
  if (missingKeys.length > 0) parts.push(`Missing keys: ${missingKeys.join(", ")}.`);
  if (unreadable.some(({ missingKey }) => missingKey === null))
    parts.push("Some are damaged, or sealed under another key of the same id.");
  const more = accounts.length > NAMED ? ` and ${accounts.length - NAMED} more` : "";
  parts.push(`Accounts: ${accounts.slice(0, NAMED).join(", ")}${more}.`);
  // An enrollment can be begun again: whoever has one waiting is not locked out.
  const state = unreadable.some(({ of }) => of === "authenticator") ? "fault" : "warning";
  return { check: "keys", state, message: parts.join(" "), details: { missingKeys, unreadable } };
}

function count(number: number, what: string): string {
  return `${number.toLocaleString("en")} ${what}${number === 1 ? "" : "s"}`;
}
