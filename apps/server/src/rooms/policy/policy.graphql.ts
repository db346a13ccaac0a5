import { Ctx, Field, Int, ObjectType, Query, Resolver, registerEnumType } from "type-graphql";
import { Access, ANY_CREDENTIAL } from "../../platform/access.js";
import type { Door } from "../../platform/context.js";
import { DateTime } from "../../platform/date-time.js";
import type { SecurityPolicy as Policy } from "./policy.policy.js";
import { loadPolicy } from "./policy.repository.js";
import { TwoFactorRule } from "./two-factor-rule.js";

registerEnumType(TwoFactorRule, {
  name: "TwoFactorRule",
  valuesConfig: {
    FORBIDDEN: {
      description:
        "Nobody is asked for a code, and nobody can enroll. Factors that exist lie dormant. When the rule leaves FORBIDDEN, sessions of accounts with factors that did not prove one end.",
    },
    REQUIRED_FOR_ADMINISTRATORS: {
      description: "As REQUIRED for administrators, as OPTIONAL for everyone else.",
    },
    REQUIRED: {
      description:
        "In force from `twoFactorRequiredFrom`, or at once where that is null; until then as OPTIONAL, and people are told. In force: a person without a second factor sets one up at the next login, and older sessions of theirs end; a password sent with a request is refused before it is compared, for every name alike.",
    },
  },
});

@ObjectType({ simpleResolvers: true })
export class SecurityPolicy {
  @Field(() => TwoFactorRule) twoFactor!: TwoFactorRule;
  @Field(() => DateTime, { nullable: true }) twoFactorRequiredFrom!: number | null;
  @Field(() => String, { description: "yyyy-mm-dd, kept since the first start." }) trialStartedOn!: string;
  @Field(() => Int, {
    description: "Failed passwords and codes together before an account locks. Default 10.",
  })
  maximumFailedAttempts!: number;
  @Field(() => Int, {
    nullable: true,
    description:
      "Default 3. Null: locked until an administrator unlocks it (an administrator's own lock ends after 60 minutes; no answer says so).",
  })
  lockoutMinutes!: number | null;
  @Field(() => Int, { description: "Default 86400, counted from the last use." }) sessionIdleSeconds!: number;
  @Field(() => Int, { description: "Default 2592000, counted from the login." })
  sessionLifetimeSeconds!: number;
  @Field(() => Int, { description: "Default 8." }) passwordMinimumLength!: number;
  @Field(() => Boolean, {
    description: "Default false: a second administrator must approve a two-factor reset.",
  })
  resetNeedsApproval!: boolean;
}

/** Shows the policy; GraphQL takes the fields that it knows. */
export function toSecurityPolicy(policy: Policy): SecurityPolicy {
  return policy;
}

@Resolver()
export class PolicyResolver {
  @Query(() => SecurityPolicy)
  @Access({ to: "VIEWER", credentials: ANY_CREDENTIAL, scope: "account:read" })
  async securityPolicy(@Ctx() { app }: Door): Promise<SecurityPolicy> {
    return toSecurityPolicy(await loadPolicy(app.db.read));
  }
}
