import { Arg, Args, Ctx, ID, Mutation, Query, Resolver } from "type-graphql";
import { Access, ANY_CREDENTIAL } from "../../platform/access.js";
import { isId } from "../../platform/id.js";
import { Account, toAccount } from "../accounts/account.graphql.js";
import { findAccount } from "../accounts/account.repository.js";
import type { Caller } from "../credentials/viewer.js";
import {
  AccountConnection,
  AccountsArgs,
  ChangeAccountEmailAddressInput,
  ChangeAccountEmailAddressResult,
  ChangeAccountRoleInput,
  ChangeAccountRoleResult,
  CreateAccountInput,
  CreateAccountResult,
  DeleteAccountInput,
  DeleteAccountResult,
  ReinstateAccountInput,
  ReinstateAccountResult,
  RevokeAccountSessionsInput,
  RevokeAccountSessionsResult,
  SetAccountPasswordInput,
  SetAccountPasswordResult,
  SuspendAccountInput,
  SuspendAccountResult,
  UnlockAccountInput,
  UnlockAccountResult,
  UpdateAccountInput,
  UpdateAccountResult,
} from "./accounts-administration.graphql.js";
import { changeAccountEmailAddress } from "./change-account-email-address.js";
import { changeAccountRole } from "./change-account-role.js";
import { createAccount } from "./create-account.js";
import { deleteAccount } from "./delete-account.js";
import { type AccountPage, listAccounts } from "./list-accounts.js";
import { revokeAccountSessions } from "./revoke-account-sessions.js";
import { setAccountPassword } from "./set-account-password.js";
import { reinstateAccount, suspendAccount } from "./suspend-account.js";
import { unlockAccount } from "./unlock-account.js";
import { updateAccount } from "./update-account.js";

@Resolver()
export class AccountsAdministrationResolver {
  @Query(() => Account, { nullable: true })
  @Access({ to: "ADMINISTRATOR", credentials: ANY_CREDENTIAL, scope: "admin:read" })
  async account(@Arg("id", () => ID) id: string, @Ctx() { app }: Caller): Promise<Account | null> {
    const found = isId(id) ? await findAccount(app.db.read, id.toLowerCase()) : null;
    return found === null ? null : toAccount(found, app.now());
  }

  @Query(() => AccountConnection)
  @Access({ to: "ADMINISTRATOR", credentials: ANY_CREDENTIAL, scope: "admin:read" })
  async accounts(
    @Args(() => AccountsArgs) { filter, ...page }: AccountsArgs,
    @Ctx() { app }: Caller,
  ): Promise<AccountPage> {
    return await listAccounts(app, page, filter ?? {});
  }

  @Mutation(() => CreateAccountResult)
  @Access({ to: "ADMINISTRATOR", credentials: ["SESSION", "API_TOKEN", "OAUTH_TOKEN"], scope: "admin:write" })
  async createAccount(
    @Arg("input", () => CreateAccountInput) input: CreateAccountInput,
    @Ctx() caller: Caller,
  ): ReturnType<typeof createAccount> {
    return await createAccount(caller.app, caller, input);
  }

  @Mutation(() => UpdateAccountResult)
  @Access({ to: "ADMINISTRATOR", credentials: ["SESSION", "API_TOKEN", "OAUTH_TOKEN"], scope: "admin:write" })
  async updateAccount(
    @Arg("input", () => UpdateAccountInput) input: UpdateAccountInput,
    @Ctx() caller: Caller,
  ): ReturnType<typeof updateAccount> {
    return await updateAccount(caller.app, caller, input);
  }

  @Mutation(() => SuspendAccountResult)
  @Access({ to: "ADMINISTRATOR", credentials: ["SESSION", "API_TOKEN", "OAUTH_TOKEN"], scope: "admin:write" })
  async suspendAccount(
    @Arg("input", () => SuspendAccountInput) input: SuspendAccountInput,
    @Ctx() caller: Caller,
  ): ReturnType<typeof suspendAccount> {
    return await suspendAccount(caller.app, caller, input);
  }

  @Mutation(() => ReinstateAccountResult)
  @Access({ to: "ADMINISTRATOR", credentials: ["SESSION", "API_TOKEN", "OAUTH_TOKEN"], scope: "admin:write" })
  async reinstateAccount(
    @Arg("input", () => ReinstateAccountInput) input: ReinstateAccountInput,
    @Ctx() caller: Caller,
  ): ReturnType<typeof reinstateAccount> {
    return await reinstateAccount(caller.app, caller, input);
  }

  @Mutation(() => UnlockAccountResult, {
    description: "Lifts the lock, and starts the count of wrong codes again.",
  })
  @Access({ to: "ADMINISTRATOR", credentials: ["SESSION", "API_TOKEN", "OAUTH_TOKEN"], scope: "admin:write" })
  async unlockAccount(
    @Arg("input", () => UnlockAccountInput) input: UnlockAccountInput,
    @Ctx() caller: Caller,
  ): ReturnType<typeof unlockAccount> {
    return await unlockAccount(caller.app, caller, input);
  }

  @Mutation(() => ChangeAccountRoleResult)
  @Access({ to: "ADMINISTRATOR", credentials: ["SESSION"], maxAge: 900 })
  async changeAccountRole(
    @Arg("input", () => ChangeAccountRoleInput) input: ChangeAccountRoleInput,
    @Ctx() caller: Caller,
  ): ReturnType<typeof changeAccountRole> {
    return await changeAccountRole(caller.app, caller, input);
  }

  @Mutation(() => ChangeAccountEmailAddressResult)
  @Access({ to: "ADMINISTRATOR", credentials: ["SESSION"], maxAge: 900 })
  async changeAccountEmailAddress(
    @Arg("input", () => ChangeAccountEmailAddressInput) input: ChangeAccountEmailAddressInput,
    @Ctx() caller: Caller,
  ): ReturnType<typeof changeAccountEmailAddress> {
    return await changeAccountEmailAddress(caller.app, caller, input);
  }

  @Mutation(() => SetAccountPasswordResult, {
    description: "Sets another account's password, which unlocks it and ends its sessions.",
  })
  @Access({ to: "ADMINISTRATOR", credentials: ["SESSION"], maxAge: 900 })
  async setAccountPassword(
    @Arg("input", () => SetAccountPasswordInput) input: SetAccountPasswordInput,
    @Ctx() caller: Caller,
  ): ReturnType<typeof setAccountPassword> {
    return await setAccountPassword(caller.app, caller, input);
  }

  @Mutation(() => RevokeAccountSessionsResult)
  @Access({ to: "ADMINISTRATOR", credentials: ["SESSION"] })
  async revokeAccountSessions(
    @Arg("input", () => RevokeAccountSessionsInput) input: RevokeAccountSessionsInput,
    @Ctx() caller: Caller,
  ): ReturnType<typeof revokeAccountSessions> {
    return await revokeAccountSessions(caller.app, caller, input);
  }

  @Mutation(() => DeleteAccountResult)
  @Access({ to: "ADMINISTRATOR", credentials: ["SESSION"], maxAge: 900 })
  async deleteAccount(
    @Arg("input", () => DeleteAccountInput) input: DeleteAccountInput,
    @Ctx() caller: Caller,
  ): ReturnType<typeof deleteAccount> {
    return await deleteAccount(caller.app, caller, input);
  }
}
