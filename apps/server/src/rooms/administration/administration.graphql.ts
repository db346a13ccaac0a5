import { Field, ID, InputType, Int, ObjectType } from "type-graphql";
import { DateTime } from "../../platform/date-time.js";
import { resultUnion } from "../../platform/result-union.js";
import { failureType } from "../../platform/user-error.js";
import { Account } from "../accounts/account.graphql.js";
import { AccountKind, Role } from "../accounts/account-kind.js";
import { LoginNameTaken, WeakPassword } from "../accounts/failures.graphql.js";
import { SecurityPolicy } from "../policy/policy.graphql.js";
import { TwoFactorRule } from "../policy/two-factor-rule.js";
import { TwoFactorNotEnabled } from "../two-factor/failures.graphql.js";

@InputType()
export class CreateAccountInput {
  @Field(() => String) loginName!: string;
  @Field(() => String) displayName!: string;
  @Field(() => String, { nullable: true }) emailAddress?: string | null;
  @Field(() => String, { nullable: true }) locale?: string | null;
  @Field(() => AccountKind, { nullable: true, defaultValue: "PERSON" }) kind?: AccountKind | null;
  @Field(() => String, {
    nullable: true,
    description:
      "Absent for a service account, which has none; for others, a link to set one is mailed (BAD_USER_INPUT without an address).",
  })
  password?: string | null;
}

@InputType()
export class ChangeAccountRoleInput {
  @Field(() => ID) accountId!: string;
  @Field(() => Role) role!: Role;
}

@InputType()
export class UnlockAccountInput {
  @Field(() => ID) accountId!: string;
}

@InputType()
export class ResetTwoFactorInput {
  @Field(() => ID) accountId!: string;
  @Field(() => String, { description: "Why, for the audit log and the account's mail." }) reason!: string;
  @Field(() => Boolean, {
    nullable: true,
    defaultValue: true,
    description: "Sessions always end. A lost telephone also holds applications that are logged in.",
  })
  revokeAuthorizedApplications?: boolean | null;
  @Field(() => Boolean, { nullable: true, defaultValue: false }) revokeApiTokens?: boolean | null;
}

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

@InputType()
export class CreateServiceApiTokenInput {
  @Field(() => ID) accountId!: string;
  @Field(() => String) name!: string;
  @Field(() => [String]) scopes!: string[];
  @Field(() => DateTime, { nullable: true }) expiresAt?: number | null;
}

@ObjectType({ simpleResolvers: true })
class AccountCreated {
  @Field(() => Account) account!: Account;
}

@ObjectType({ simpleResolvers: true })
class AccountUpdated {
  @Field(() => Account) account!: Account;
}

@ObjectType({ simpleResolvers: true })
class AccountUnlocked {
  @Field(() => Account) account!: Account;
}

@ObjectType({ simpleResolvers: true })
class TwoFactorReset {
  @Field(() => Account) account!: Account;
  @Field(() => Int) sessionsRevoked!: number;
  @Field(() => Int) apiTokensRevoked!: number;
  @Field(() => Int) applicationsRevoked!: number;
}

@ObjectType({ simpleResolvers: true })
class SecurityPolicyUpdated {
  @Field(() => SecurityPolicy) securityPolicy!: SecurityPolicy;
}

const LastAdministrator = failureType(
  "LAST_ADMINISTRATOR",
  "The last active person with a password who is an administrator.",
);
const SelfReset = failureType(
  "SELF_RESET",
  "Nobody resets their own second factor as an administrator: they disable it with a code.",
);
const PolicyConflict = failureType(
  "POLICY_CONFLICT",
  "A date without REQUIRED, a limit below 1, approval with fewer than three active administrators, a requirement where two-factor is not offered.",
);

export const CreateAccountResult = resultUnion("CreateAccountResult", [
  AccountCreated,
  LoginNameTaken,
  WeakPassword,
]);
export const ChangeAccountRoleResult = resultUnion("ChangeAccountRoleResult", [
  AccountUpdated,
  LastAdministrator,
]);
export const UnlockAccountResult = resultUnion("UnlockAccountResult", [AccountUnlocked]);
export const ResetTwoFactorResult = resultUnion("ResetTwoFactorResult", [
  TwoFactorReset,
  TwoFactorNotEnabled,
  SelfReset,
]);
export const UpdateSecurityPolicyResult = resultUnion("UpdateSecurityPolicyResult", [
  ...[SecurityPolicyUpdated, PolicyConflict],
]);
