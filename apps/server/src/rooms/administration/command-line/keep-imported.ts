import { timeStep } from "@keyturn/totp";
import type { EntityManager } from "typeorm";
import type { Needs } from "../../../platform/context.js";
import { newId } from "../../../platform/id.js";
import { insert, insertOnce } from "../../../platform/sql.js";
import { words } from "../../../platform/words/index.js";
import { AccountEntity } from "../../accounts/account.entity.js";
import { newAccount } from "../../accounts/new-account.js";
import { type Happening, type Origin, recordEvent } from "../../audit/record-event.js";
import { AuthenticatorEntity } from "../../two-factor/totp/authenticator.entity.js";
import { TOTP_SECRET } from "../../two-factor/totp/check-verification-code.js";
import { BY_COMMAND_LINE } from "./by-command-line.js";
import type { ImportedAccount } from "./imported-account.js";

/** An account that a line describes. */
export interface Candidate {
  readonly line: number;
  readonly account: ImportedAccount;
}

/** What became of a line. Skipped: an account bears the login name already, and was left as it is. */
export type LineOutcome = { readonly line: number } & (
  | { readonly outcome: "created" | "skipped"; readonly loginName: string }
  | { readonly outcome: "rejected"; readonly reason: string }
);

/** Says of a line that its account is there already. */
export function skipped({ line, account }: Candidate): LineOutcome {
  return { line, outcome: "skipped", loginName: account.loginName };
}

/** Keeps accounts whose passwords are hashed, in one transaction, each with its event and its second factor. */
export async function keepImported(
  needs: Needs<"db" | "now" | "vault">,
  request: Origin,
  candidates: readonly Candidate[],
): Promise<LineOutcome[]> {
  if (candidates.length === 0) return [];
  return await needs.db.transaction(async (manager) => {
    const outcomes: LineOutcome[] = [];
    for (const candidate of candidates) {
      const isNew = await insertAccount(needs, manager, {
        given: candidate.account,
        happening: { now: needs.now(), request },
      });
      const { line, account } = candidate;
      outcomes.push(isNew ? { line, outcome: "created", loginName: account.loginName } : skipped(candidate));
    }
    return outcomes;
  });
}

/** False where another process made an account of that name since it was asked for. */
async function insertAccount(
  { vault }: Needs<"vault">,
  manager: EntityManager,
  { given, happening }: { given: ImportedAccount; happening: Happening },
): Promise<boolean> {
  const { secret, password: _password, ...fields } = given;
  const { now } = happening;
  const account = { ...newAccount(fields, now), twoFactorEnabledAt: secret === null ? null : now };
  if (!(await insertOnce(manager, AccountEntity, account))) return false;
  if (secret !== null) {
    const label = { purpose: TOTP_SECRET, accountId: account.id };
    await insert(manager, AuthenticatorEntity, {
      ...{ id: newId(now), accountId: account.id, name: words("en").defaultAuthenticatorName },
      sealedSecret: vault.seal(label, secret),
      // A code that was shown to the other system does not work here: the running step counts as used.
      ...{ lastUsedStep: timeStep(now), lastUsedAt: null, createdAt: now },
    });
  }
  const { kind, role } = account;
  const twoFactor = secret === null ? null : "ENABLED";
  const event = {
    ...BY_COMMAND_LINE,
    subject: account,
    details: { ...BY_COMMAND_LINE.details, kind, role, twoFactor },
  };
  await recordEvent(manager, happening, { ...event, action: "account.imported" });
  return true;
}
