import type { EntityManager } from "typeorm";
import type { Needs } from "../../platform/context.js";
import { readEmailAddress, readLocale, readText } from "../../platform/input.js";
import { BadInput } from "../../platform/problem.js";
import { type Failure, failure } from "../../platform/user-error.js";
import { type Account, toAccount } from "../accounts/account.graphql.js";
import type { AccountKind } from "../accounts/account-kind.js";
import { readLoginName } from "../accounts/login-name.js";
import { newAccount } from "../accounts/new-account.js";
import { judgeNewPassword, type WeakPasswordFailure } from "../accounts/new-password.js";
import { type Caller, localeOf, viewerOf } from "../credentials/viewer.js";
import { addAccount } from "./add-account.js";
import { holdAdministrator } from "./administer.js";

export interface CreateAccountInput {
  readonly loginName: string;
  readonly displayName: string;
  readonly emailAddress?: string | null;
  readonly locale?: string | null;
  readonly kind?: AccountKind | null;
  readonly password?: string | null;
}

export interface AccountCreatedAnswer {
  readonly __typename: "AccountCreated";
  readonly account: Account;
}

/** Makes an account, as a user. Without a password a link to set one is mailed; a service account has none. */
export async function createAccount(
  needs: Needs<"db" | "now" | "hasher" | "mailer" | "config">,
  caller: Caller,
  input: CreateAccountInput,
): Promise<AccountCreatedAnswer | Failure<"LOGIN_NAME_TAKEN"> | WeakPasswordFailure> {
  const given = readNewAccount(input);
  const { account: administrator, policy, credential } = viewerOf(caller);
  const locale = localeOf(caller);
  const password = input.password ?? null;
  if (password !== null) {
    const judging = { owner: given, policy, locale, path: ["input", "password"] };
    const weak = await judgeNewPassword(needs, password, judging);
    if (weak !== null) return weak;
  }
  const passwordHash = password === null ? null : await needs.hasher.hash(password);
  const now = needs.now();
  const account = newAccount({ ...given, role: "USER", passwordHash }, now);
  const hold = (manager: EntityManager): Promise<void> => holdAdministrator(manager, caller);
  const maker = { actor: administrator, credential, hold };
  if (!(await addAccount(needs, account, { happening: { ...caller, now }, maker })))
    return { ...failure("LOGIN_NAME_TAKEN", locale), path: ["input", "loginName"] };
  return { __typename: "AccountCreated", account: toAccount({ account, policy }, now) };
}

function readNewAccount(
  input: CreateAccountInput,
): Omit<Parameters<typeof newAccount>[0], "role" | "passwordHash"> {
  const kind = input.kind ?? "PERSON";
  const address = input.emailAddress ?? null;
  const emailAddress = address === null ? null : readEmailAddress(address, ["input", "emailAddress"]);
  const hasPassword = typeof input.password === "string";
  if (kind === "SERVICE" && hasPassword)
    throw new BadInput(["input", "password"], { rule: "passwordSuperfluous" });
  if (kind !== "SERVICE" && !hasPassword && emailAddress === null)
    throw new BadInput(["input", "emailAddress"], { rule: "emailAddressMissing" });
  return {
    kind,
    emailAddress,
    loginName: readLoginName(input.loginName, ["input", "loginName"]),
    displayName: readText(input.displayName, { path: ["input", "displayName"], maximum: 100 }),
    locale: readLocale(input.locale ?? "en", ["input", "locale"]),
  };
}
