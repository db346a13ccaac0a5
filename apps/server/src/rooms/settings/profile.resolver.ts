import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { Access, ANY_CREDENTIAL } from "../../platform/access.js";
import type { Caller } from "../credentials/viewer.js";
import { changePassword } from "./change-password.js";
import { changeEmailAddress, confirmEmailAddress } from "./email-address.js";
import {
  ChangeEmailAddressInput,
  ChangeEmailAddressResult,
  ChangeLoginNameInput,
  ChangeLoginNameResult,
  ChangePasswordInput,
  ChangePasswordResult,
  ConfirmEmailAddressInput,
  ConfirmEmailAddressResult,
  RequestPasswordResetInput,
  RequestPasswordResetResult,
  ResetPasswordInput,
  ResetPasswordResult,
  UpdateProfileInput,
  UpdateProfileResult,
} from "./profile.graphql.js";
import { changeLoginName, updateProfile } from "./profile.js";
import { requestPasswordReset, resetPassword } from "./reset-password.js";

@Resolver()
export class ProfileResolver {
  @Mutation(() => UpdateProfileResult)
  @Access({ to: "VIEWER", credentials: ANY_CREDENTIAL, scope: "account:write" })
  async updateProfile(
    @Arg("input", () => UpdateProfileInput) input: UpdateProfileInput,
    @Ctx() caller: Caller,
  ): ReturnType<typeof updateProfile> {
    return await updateProfile(caller.app, caller, input);
  }

  @Mutation(() => ChangeLoginNameResult)
  @Access({ to: "VIEWER", credentials: ["SESSION"], maxAge: 900 })
  async changeLoginName(
    @Arg("input", () => ChangeLoginNameInput) input: ChangeLoginNameInput,
    @Ctx() caller: Caller,
  ): ReturnType<typeof changeLoginName> {
    return await changeLoginName(caller.app, caller, input);
  }

  @Mutation(() => ChangeEmailAddressResult)
  @Access({ to: "VIEWER", credentials: ["SESSION"], maxAge: 900 })
  async changeEmailAddress(
    @Arg("input", () => ChangeEmailAddressInput) input: ChangeEmailAddressInput,
    @Ctx() caller: Caller,
  ): ReturnType<typeof changeEmailAddress> {
    return await changeEmailAddress(caller.app, caller, input);
  }

  @Mutation(() => ConfirmEmailAddressResult)
  @Access({ to: "PUBLIC" })
  async confirmEmailAddress(
    @Arg("input", () => ConfirmEmailAddressInput) input: ConfirmEmailAddressInput,
    @Ctx() caller: Caller,
  ): ReturnType<typeof confirmEmailAddress> {
    return await confirmEmailAddress(caller.app, caller, input);
  }

  @Mutation(() => ChangePasswordResult)
  @Access({ to: "VIEWER", credentials: ["SESSION"] })
  async changePassword(
    @Arg("input", () => ChangePasswordInput) input: ChangePasswordInput,
    @Ctx() caller: Caller,
  ): ReturnType<typeof changePassword> {
    return await changePassword(caller.app, caller, input);
  }

  @Mutation(() => RequestPasswordResetResult, {
    description: "Always answers the same, whether or not the name or address is known.",
  })
  @Access({ to: "PUBLIC" })
  async requestPasswordReset(
    @Arg("input", () => RequestPasswordResetInput) input: RequestPasswordResetInput,
    @Ctx() caller: Caller,
  ): ReturnType<typeof requestPasswordReset> {
    return await requestPasswordReset(caller.app, caller, input);
  }

  @Mutation(() => ResetPasswordResult, {
    description:
      "Sets the password and ends all sessions; never logs anyone in, and never touches the second factor.",
  })
  @Access({ to: "PUBLIC" })
  async resetPassword(
    @Arg("input", () => ResetPasswordInput) input: ResetPasswordInput,
    @Ctx() caller: Caller,
  ): ReturnType<typeof resetPassword> {
    return await resetPassword(caller.app, caller, input);
  }
}
