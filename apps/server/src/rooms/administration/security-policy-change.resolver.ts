import { Arg, Ctx, Mutation, Query, Resolver } from "type-graphql";
import { Access } from "../../platform/access.js";
import type { Caller } from "../credentials/viewer.js";
import { previewSecurityPolicy } from "./preview-security-policy.js";
import {
  SecurityPolicyPreview,
  UpdateSecurityPolicyInput,
  UpdateSecurityPolicyResult,
} from "./security-policy-change.graphql.js";
import { updateSecurityPolicy } from "./update-security-policy.js";

@Resolver()
export class SecurityPolicyChangeResolver {
  @Query(() => SecurityPolicyPreview, {
    description: "What would stop working for whom if this policy were in force now. Changes nothing.",
  })
  @Access({ to: "ADMINISTRATOR", credentials: ["SESSION"] })
  async previewSecurityPolicy(
    @Arg("input", () => UpdateSecurityPolicyInput) input: UpdateSecurityPolicyInput,
    @Ctx() { app }: Caller,
  ): Promise<SecurityPolicyPreview> {
    return await previewSecurityPolicy(app, input);
  }

  @Mutation(() => UpdateSecurityPolicyResult)
  @Access({ to: "ADMINISTRATOR", credentials: ["SESSION"], maxAge: 900 })
  async updateSecurityPolicy(
    @Arg("input", () => UpdateSecurityPolicyInput) input: UpdateSecurityPolicyInput,
    @Ctx() caller: Caller,
  ): ReturnType<typeof updateSecurityPolicy> {
    return await updateSecurityPolicy(caller.app, caller, input);
  }
}
