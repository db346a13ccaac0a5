import { Field, InputType, Int, ObjectType } from "type-graphql";
import { DateTime } from "../../platform/date-time.js";
import { resultUnion } from "../../platform/result-union.js";
import { failureType } from "../../platform/user-error.js";
import { SecurityPolicy } from "../policy/policy.graphql.js";
import { TwoFactorRule } from "../policy/two-factor-rule.js";

@InputType()
export class UpdateSecurityPolicyInput {
  @Field(() => TwoFactorRule, { nullable: true }) twoFactor?: TwoFactorRule | null;
  @Field(() => DateTime, { nullable: true }) twoFactorRequiredFrom?: number | null;
  @Field(() => Int, { nullable: true }) maximumFailedAttempts?: number | null;
  @Field(() => Int, { nullable: true }) lockoutMinutes?: number | null;
  @Field(() => Int, { nullable: true }) sessionIdleSeconds?: number | null;
  @Field(() => Int, { nullable: true }) sessionLifetimeSeconds?: number | null;
  @Field(() => Int, { nullable: true }) passwordMinimumLength?: number | null;
  @Field(() => Boolean, { nullable: true }) resetNeedsApproval?: boolean | null;
}

@ObjectType({ simpleResolvers: true })
class SecurityPolicyUpdated {
  @Field(() => SecurityPolicy) securityPolicy!: SecurityPolicy;
}

@ObjectType({ simpleResolvers: true })
export class SecurityPolicyPreview {
  @Field(() => Int) accountsWithoutTwoFactor!: number;
  @Field(() => Int, {
    description: "Accounts that called with a password in the last 30 days and would be refused.",
  })
  passwordCallersAffected!: number;
  @Field(() => Int) sessionsEnded!: number;
  @Field(() => Int) guestsExempt!: number;
}

const PolicyConflict = failureType(
  "POLICY_CONFLICT",
  "A date without REQUIRED, a limit below 1, approval with fewer than three active administrators, a requirement where two-factor is not offered.",
);

export const UpdateSecurityPolicyResult = resultUnion("UpdateSecurityPolicyResult", [
  ...[SecurityPolicyUpdated, PolicyConflict],
]);
