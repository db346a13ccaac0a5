import type { EntityManager } from "typeorm";
import type { Needs } from "../../platform/context.js";
import { readId } from "../../platform/input.js";
import { Refusal } from "../../platform/problem.js";
import { sql } from "../../platform/sql.js";
import type { AccountEntity } from "../accounts/account.entity.js";
import { type Account, toAccount } from "../accounts/account.graphql.js";
import { type AccountAndPolicy, findAccount } from "../accounts/account.repository.js";
import { type AuditEvent, recordEvent } from "../audit/record-event.js";
import { type Caller, viewerOf } from "../credentials/viewer.js";
import { holdCredential } from "../oauth/hold-credential.js";
import { holdPolicy } from "../policy/policy.repository.js";

/** An account that an administrator acts on, held for the length of a transaction. */
export interface Held extends AccountAndPolicy {
  readonly manager: EntityManager;
  readonly administrator: AccountEntity;
  readonly now: number;
  /** Records an event by the administrator about the account. */
  readonly record: (event: Pick<AuditEvent, "action" | "details">) => Promise<void>;
  /** The account as it is after what was done. */
  readonly shown: () => Promise<Account>;
}

/**
 * Does an administrator's work on an account, in one transaction that begins by seeing that the administrator still is
 * one and that their session or token goes on. Administrators' changes come one after the other.
 *
 * @throws Refusal NOT_FOUND; FORBIDDEN where a token would reach an administrator's account; INVALID_CREDENTIALS
 */
export async function administer<Result>(
  needs: Needs<"db" | "now">,
  { caller, accountId }: { caller: Caller; accountId: string },
  work: (held: Held) => Promise<Result>,
): Promise<Result> {
  const id = readId(accountId);
  return await needs.db.transaction(async (manager) => {
    await holdPolicy(manager);
    await holdAdministrator(manager, caller);
    await sql(manager, "UPDATE accounts SET stamp = stamp WHERE id = $1", [id]);
    const found = await findForAdministrator(manager, caller, id);
    return await work(hold(manager, { caller, found, now: needs.now() }));
  });
}

function hold(
  manager: EntityManager,
  { caller, found, now }: { caller: Caller; found: AccountAndPolicy; now: number },
): Held {
  const { account: administrator, credential } = viewerOf(caller);
  const { account: subject } = found;
  return {
    ...{ ...found, manager, administrator, now },
    record: (event) =>
      recordEvent(manager, { ...caller, now }, { ...event, actor: administrator, subject, credential }),
    shown: async () => {
      const after = await findAccount(manager, subject.id);
      if (after === null) throw new Error("an account was shown after it was deleted");
      return toAccount(after, now);
    },
  };
}

/**
 * Takes the row of the administrator who asks and that of their credential, and sees once more that they are one.
 *
 * @throws Refusal INVALID_CREDENTIALS
 */
export async function holdAdministrator(manager: EntityManager, caller: Caller): Promise<void> {
  const { account } = viewerOf(caller);
  await holdCredential(manager, caller);
  const text = `UPDATE accounts SET stamp = stamp WHERE id = $1 AND role = 'ADMINISTRATOR' AND suspended_at IS NULL`;
  if ((await sql(manager, text, [account.id])).affected === 0) throw new Refusal("INVALID_CREDENTIALS");
}

/**
 * Finds the account that an administrator acts on.
 *
 * @throws Refusal NOT_FOUND; FORBIDDEN where a token would reach an administrator's account
 */
export async function findForAdministrator(
  manager: EntityManager,
  caller: Caller,
  accountId: string,
): Promise<AccountAndPolicy> {
  const found = await findAccount(manager, readId(accountId));
  if (found === null) throw new Refusal("NOT_FOUND");
  const { credential } = viewerOf(caller);
  const byToken = credential === "API_TOKEN" || credential === "OAUTH_TOKEN";
  if (byToken && found.account.role === "ADMINISTRATOR")
    throw new Refusal("FORBIDDEN", { requiredCredential: "SESSION" });
  return found;
}
