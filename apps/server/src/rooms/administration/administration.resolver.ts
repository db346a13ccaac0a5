import { Arg, Ctx, ID, Mutation, Query, Resolver } from "type-graphql";
import { Access, ANY_CREDENTIAL } from "../../platform/access.js";
import { isId } from "../../platform/id.js";
import { Account, toAccount } from "../accounts/account.graphql.js";
import { findAccount } from "../accounts/account.repository.js";
import { CreateApiTokenResult } from "../api-tokens/api-token.graphql.js";
import type { Caller } from "../credentials/viewer.js";
import {
  ChangeAccountRoleInput,
  ChangeAccountRoleResult,
  CreateAccountInput,
  CreateAccountResult,
  CreateServiceApiTokenInput,
  ResetTwoFactorInput,
  ResetTwoFactorResult,
  UnlockAccountInput,
  UnlockAccountResult,
  UpdateSecurityPolicyInput,
  UpdateSecurityPolicyResult,
} from "./administration.graphql.js";
import { changeAccountRole } from "./change-account-role.js";
import { createAccount } from "./create-account.js";
import { createServiceApiToken } from "./create-service-api-token.js";
import { resetTwoFactor } from "./reset-two-factor.js";
import { unlockAccount } from "./unlock-account.js";
import { updateSecurityPolicy } from "./update-security-policy.js";

@Resolver()
export class AdministrationResolver {
  @Query(() => Account, { nullable: true })
  @Access({ to: "ADMINISTRATOR", credentials: ANY_CREDENTIAL, scope: "admin:read" })
  async account(@Arg("id", () => ID) id: string, @Ctx() { app }: Caller): Promise<Account | null> {
    const found = isId(id) ? await findAccount(app.db.read, id.toLowerCase()) : null;
    return found === null ? null : toAccount(found, app.now());
  }

  @Mutation(() => CreateAccountResult)
  @Access({ to: "ADMINISTRATOR", credentials: ["SESSION", "API_TOKEN", "OAUTH_TOKEN"], scope: "admin:write" })
  async createAccount(
    @Arg("input", () => CreateAccountInput) input: CreateAccountInput,
    @Ctx() caller: Caller,
  ): ReturnType<typeof createAccount> {
    return await createAccount(caller.app, caller, input);
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

  @Mutation(() => ResetTwoFactorResult, {
    description:
      "Turns another account's second factor off, for a lost device: deletes its authenticators and recovery codes, ends its sessions, tells it by mail.",
  })
  @Access({ to: "ADMINISTRATOR", credentials: ["SESSION"], maxAge: 900 })
  async resetTwoFactor(
    @Arg("input", () => ResetTwoFactorInput) input: ResetTwoFactorInput,
    @Ctx() caller: Caller,
  ): ReturnType<typeof resetTwoFactor> {
    return await resetTwoFactor(caller.app, caller, input);
  }

  @Mutation(() => UpdateSecurityPolicyResult)
  @Access({ to: "ADMINISTRATOR", credentials: ["SESSION"], maxAge: 900 })
  async updateSecurityPolicy(
    @Arg("input", () => UpdateSecurityPolicyInput) input: UpdateSecurityPolicyInput,
    @Ctx() caller: Caller,
  ): ReturnType<typeof updateSecurityPolicy> {
    return await updateSecurityPolicy(caller.app, caller, input);
  }

  @Mutation(() => CreateApiTokenResult, {
    description: "For a service account; any other is NOT_FOUND: nobody makes a token for another person.",
  })
  @Access({ to: "ADMINISTRATOR", credentials: ["SESSION"], maxAge: 900 })
  async createServiceApiToken(
    @Arg("input", () => CreateServiceApiTokenInput) input: CreateServiceApiTokenInput,
    @Ctx() caller: Caller,
  ): ReturnType<typeof createServiceApiToken> {
    return await createServiceApiToken(caller.app, caller, input);
  }
}
