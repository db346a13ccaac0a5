import { Field, ID, InputType, Int, ObjectType } from "type-graphql";
import { LimitReached } from "../../platform/limit-reached.graphql.js";
import { resultUnion } from "../../platform/result-union.js";
import { failureType } from "../../platform/user-error.js";
import { Account } from "../accounts/account.graphql.js";
import { TwoFactorEnrollment } from "../two-factor/enrollment.graphql.js";
import {
  AccountLocked,
  InvalidVerificationCode,
  TwoFactorNotEnabled,
  TwoFactorUnavailable,
  TwoFactorUnreadable,
} from "../two-factor/failures.graphql.js";
import { SecondFactorProof } from "../two-factor/proof.graphql.js";
import { Authenticator } from "../two-factor/two-factor.graphql.js";

@InputType()
export class EnrollTwoFactorInput {
  @Field(() => String, {
    nullable: true,
    description: "What to call the device. Default: Authenticator, with a number from the second on.",
  })
  name?: string | null;
}

@InputType({ description: "The two flags end what was made before the second factor." })
export class ConfirmTwoFactorInput {
  @Field(() => ID) enrollmentId!: string;
  @Field(() => String) verificationCode!: string;
  @Field(() => Boolean, { nullable: true, defaultValue: false }) revokeApiTokens?: boolean | null;
  @Field(() => Boolean, { nullable: true, defaultValue: false }) revokeAuthorizedApplications?:
    | boolean
    | null;
}

@InputType()
export class DisableTwoFactorInput {
  @Field(() => SecondFactorProof) proof!: SecondFactorProof;
}

@InputType()
export class RenameAuthenticatorInput {
  @Field(() => ID) id!: string;
  @Field(() => String) name!: string;
}

@InputType({
  description: "The proof may come from any authenticator of the account, or be a recovery code.",
})
export class RemoveAuthenticatorInput {
  @Field(() => ID) id!: string;
  @Field(() => SecondFactorProof) proof!: SecondFactorProof;
}

@InputType()
export class RegenerateRecoveryCodesInput {
  @Field(() => SecondFactorProof) proof!: SecondFactorProof;
}

@ObjectType({ simpleResolvers: true })
class TwoFactorConfirmed {
  @Field(() => Account) account!: Account;
  @Field(() => Authenticator) authenticator!: Authenticator;
  @Field(() => [String], {
    nullable: true,
    description: "A new set, shown this once; null where a further authenticator was added.",
  })
  recoveryCodes!: readonly string[] | null;
  @Field(() => Int, { description: "Sessions that had proven no second factor, ended by this." })
  sessionsRevoked!: number;
  @Field(() => String, { nullable: true, description: "As in SteppedUp: this session now has two factors." })
  sessionToken!: string | null;
}

@ObjectType({
  simpleResolvers: true,
  description: "Every other session ended; this one goes on with one factor.",
})
class TwoFactorDisabled {
  @Field(() => Account) account!: Account;
  @Field(() => Int) sessionsRevoked!: number;
}

@ObjectType({ simpleResolvers: true })
class AuthenticatorRenamed {
  @Field(() => Authenticator) authenticator!: Authenticator;
}

@ObjectType({ simpleResolvers: true })
class AuthenticatorRemoved {
  @Field(() => Account) account!: Account;
}

@ObjectType({ simpleResolvers: true })
class RecoveryCodesRegenerated {
  @Field(() => [String]) recoveryCodes!: readonly string[];
}

const EnrollmentExpired = failureType("ENROLLMENT_EXPIRED");
const TwoFactorRequiredByPolicy = failureType("TWO_FACTOR_REQUIRED_BY_POLICY");
const LastAuthenticator = failureType("LAST_AUTHENTICATOR");

const PROOF_FAILURES = [InvalidVerificationCode, AccountLocked, TwoFactorUnreadable];

export const EnrollTwoFactorResult = resultUnion("EnrollTwoFactorResult", [
  ...[TwoFactorEnrollment, TwoFactorUnavailable, LimitReached],
]);
export const ConfirmTwoFactorResult = resultUnion("ConfirmTwoFactorResult", [
  ...[TwoFactorConfirmed, InvalidVerificationCode, EnrollmentExpired, TwoFactorUnavailable],
]);
export const DisableTwoFactorResult = resultUnion("DisableTwoFactorResult", [
  ...[TwoFactorDisabled, TwoFactorNotEnabled, TwoFactorRequiredByPolicy, ...PROOF_FAILURES],
]);
export const RenameAuthenticatorResult = resultUnion("RenameAuthenticatorResult", [AuthenticatorRenamed]);
export const RemoveAuthenticatorResult = resultUnion("RemoveAuthenticatorResult", [
  ...[AuthenticatorRemoved, LastAuthenticator, ...PROOF_FAILURES],
]);
export const RegenerateRecoveryCodesResult = resultUnion("RegenerateRecoveryCodesResult", [
  ...[RecoveryCodesRegenerated, TwoFactorNotEnabled, ...PROOF_FAILURES],
]);
