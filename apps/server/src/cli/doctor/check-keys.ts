import { randomBytes } from "node:crypto";
import type { Config } from "../../platform/config.js";
import type { Needs } from "../../platform/context.js";
import { findSecretKeys } from "../../platform/secret-keys.js";
import { createVault } from "../../platform/vault.js";
import { checkSealedSecrets, type UnreadableSecret } from "../../rooms/two-factor/totp/sealed-secrets.js";
import { type Finding, ok, warning } from "./check.js";

/** So many accounts are named to people; programs get all. */
const NAMED = 20;

/** Tries to open every sealed secret, and names the accounts whose secret no key opens, and the keys that are missing. */
export async function checkKeys({ db, config }: Needs<"db"> & { config: Config }): Promise<Finding> {
  const keys = findSecretKeys(config);
  // Where there is no key at all, every secret's is missing.
  const vault = createVault(keys ?? [{ id: "none", key: randomBytes(32) }]);
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

function describe(checked: number, unreadable: readonly UnreadableSecret[]): Finding {
  const missingKeys = [...new Set(unreadable.map(({ missingKey }) => missingKey))].filter(
    (id) => id !== null,
  );
  const accounts = [...new Set(unreadable.map(({ loginName }) => loginName))];
  const parts = [`${count(unreadable.length, "secret")} of ${checked} cannot be opened.`];
  if (missingKeys.length > 0) parts.push(`Missing keys: ${missingKeys.sort().join(", ")}.`);
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
