import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { Access } from "../../platform/access.js";
import type { Caller } from "../credentials/viewer.js";
import {
  type AuthenticatorRenamedAnswer,
  type RemoveAuthenticatorAnswer,
  removeAuthenticator,
  renameAuthenticator,
} from "./authenticators.js";
import { type ConfirmTwoFactorAnswer, confirmTwoFactor } from "./confirm-two-factor.js";
import { type DisableTwoFactorAnswer, disableTwoFactor } from "./disable-two-factor.js";
import { type EnrollTwoFactorAnswer, enrollTwoFactor } from "./enroll-two-factor.js";
import { type RegenerateRecoveryCodesAnswer, regenerateRecoveryCodes } from "./regenerate-recovery-codes.js";
import {
  ConfirmTwoFactorInput,
  ConfirmTwoFactorResult,
  DisableTwoFactorInput,
  DisableTwoFactorResult,
  EnrollTwoFactorInput,
  EnrollTwoFactorResult,
  RegenerateRecoveryCodesInput,
  RegenerateRecoveryCodesResult,
  RemoveAuthenticatorInput,
  RemoveAuthenticatorResult,
  RenameAuthenticatorInput,
  RenameAuthenticatorResult,
} from "./two-factor.graphql.js";

@Resolver()
export class TwoFactorSettingsResolver {
  @Mutation(() => EnrollTwoFactorResult)
  @Access({ to: "VIEWER", credentials: ["SESSION"], maxAge: 900 })
  async enrollTwoFactor(
    @Arg("input", () => EnrollTwoFactorInput) input: EnrollTwoFactorInput,
    @Ctx() caller: Caller,
  ): Promise<EnrollTwoFactorAnswer> {
    return await enrollTwoFactor(caller.app, caller, input);
  }

  @Mutation(() => ConfirmTwoFactorResult, {
    description: "The enrollment is bound to the session that began it, and lives 15 minutes.",
  })
  @Access({ to: "VIEWER", credentials: ["SESSION"] })
  async confirmTwoFactor(
    @Arg("input", () => ConfirmTwoFactorInput) input: ConfirmTwoFactorInput,
    @Ctx() caller: Caller,
  ): Promise<ConfirmTwoFactorAnswer> {
    return await confirmTwoFactor(caller.app, caller, input);
  }

  @Mutation(() => DisableTwoFactorResult)
  @Access({ to: "VIEWER", credentials: ["SESSION"] })
  async disableTwoFactor(
    @Arg("input", () => DisableTwoFactorInput) input: DisableTwoFactorInput,
    @Ctx() caller: Caller,
  ): Promise<DisableTwoFactorAnswer> {
    return await disableTwoFactor(caller.app, caller, input);
  }

  @Mutation(() => RenameAuthenticatorResult)
  @Access({ to: "VIEWER", credentials: ["SESSION"] })
  async renameAuthenticator(
    @Arg("input", () => RenameAuthenticatorInput) input: RenameAuthenticatorInput,
    @Ctx() caller: Caller,
  ): Promise<AuthenticatorRenamedAnswer> {
    return await renameAuthenticator(caller.app, caller, input);
  }

  @Mutation(() => RemoveAuthenticatorResult)
  @Access({ to: "VIEWER", credentials: ["SESSION"] })
  async removeAuthenticator(
    @Arg("input", () => RemoveAuthenticatorInput) input: RemoveAuthenticatorInput,
    @Ctx() caller: Caller,
  ): Promise<RemoveAuthenticatorAnswer> {
    return await removeAuthenticator(caller.app, caller, input);
  }

  @Mutation(() => RegenerateRecoveryCodesResult)
  @Access({ to: "VIEWER", credentials: ["SESSION"] })
  async regenerateRecoveryCodes(
    @Arg("input", () => RegenerateRecoveryCodesInput) input: RegenerateRecoveryCodesInput,
    @Ctx() caller: Caller,
  ): Promise<RegenerateRecoveryCodesAnswer> {
    return await regenerateRecoveryCodes(caller.app, caller, input);
  }
}
