import { Arg, Args, Ctx, Mutation, Query, Resolver } from "type-graphql";
import { Access } from "../../platform/access.js";
import { PageArgs } from "../../platform/page.graphql.js";
import type { Caller } from "../credentials/viewer.js";
import { approveTwoFactorReset, rejectTwoFactorReset } from "./answer-two-factor-reset.js";
import { listTwoFactorResets, type ResetRequestPage } from "./list-two-factor-resets.js";
import { resetTwoFactor } from "./reset-two-factor.js";
import {
  ApproveTwoFactorResetInput,
  ApproveTwoFactorResetResult,
  RejectTwoFactorResetInput,
  RejectTwoFactorResetResult,
  ResetTwoFactorInput,
  ResetTwoFactorResult,
  TwoFactorResetRequestConnection,
} from "./two-factor-resets.graphql.js";

@Resolver()
export class TwoFactorResetsResolver {
  @Query(() => TwoFactorResetRequestConnection, {
    description: "Resets that wait for a second administrator.",
  })
  @Access({ to: "ADMINISTRATOR", credentials: ["SESSION", "API_TOKEN", "OAUTH_TOKEN"], scope: "admin:read" })
  async twoFactorResetRequests(
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() caller: Caller,
  ): Promise<ResetRequestPage> {
    return await listTwoFactorResets(caller.app, caller, page);
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

  @Mutation(() => ApproveTwoFactorResetResult, {
    description:
      "By an administrator who is neither the requester nor the account, has two-factor on, and has been an administrator for 24 hours.",
  })
  @Access({ to: "ADMINISTRATOR", credentials: ["SESSION"], maxAge: 900 })
  async approveTwoFactorReset(
    @Arg("input", () => ApproveTwoFactorResetInput) input: ApproveTwoFactorResetInput,
    @Ctx() caller: Caller,
  ): ReturnType<typeof approveTwoFactorReset> {
    return await approveTwoFactorReset(caller.app, caller, input);
  }

  @Mutation(() => RejectTwoFactorResetResult, {
    description: "By any administrator; by the requester it is a withdrawal.",
  })
  @Access({ to: "ADMINISTRATOR", credentials: ["SESSION"], maxAge: 900 })
  async rejectTwoFactorReset(
    @Arg("input", () => RejectTwoFactorResetInput) input: RejectTwoFactorResetInput,
    @Ctx() caller: Caller,
  ): ReturnType<typeof rejectTwoFactorReset> {
    return await rejectTwoFactorReset(caller.app, caller, input);
  }
}
