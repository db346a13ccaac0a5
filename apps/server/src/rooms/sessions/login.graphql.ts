import { Field, ID, InputType, Int, ObjectType } from "type-graphql";
import { DateTime } from "../../platform/date-time.js";
import { resultUnion } from "../../platform/result-union.js";
import { failureType } from "../../platform/user-error.js";
import { Account } from "../accounts/account.graphql.js";
import { TwoFactorEnrollment } from "../two-factor/enrollment.graphql.js";
import {
  AccountLocked,
  InvalidVerificationCode,
  TwoFactorUnreadable,
} from "../two-factor/failures.graphql.js";
import { SecondFactorProof } from "../two-factor/proof.graphql.js";
import { TwoFactorMethod } from "../two-factor/two-factor.policy.js";
import { Session } from "./session.graphql.js";

@InputType()
export class LoginInput {
  @Field(() => String) loginName!: string;
  @Field(() => String) password!: string;
  @Field(() => SecondFactorProof, {
    nullable: true,
    description:
      "For clients that ask for both at once; without it, an account with two-factor gets a challenge.",
  })
  proof?: SecondFactorProof | null;
  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description:
      "Browsers: an HttpOnly cookie and no token in the answer. Otherwise the token and no cookie. A challenge remembers it.",
  })
  useCookie?: boolean | null;
}

@InputType()
export class CompleteLoginInput {
  @Field(() => String) challenge!: string;
  @Field(() => SecondFactorProof) proof!: SecondFactorProof;
}

@InputType({
  description: "Password for an account without a second factor; password and proof for one with it.",
})
export class StepUpInput {
  @Field(() => String) password!: string;
  @Field(() => SecondFactorProof, { nullable: true }) proof?: SecondFactorProof | null;
}

@InputType()
export class RevokeSessionInput {
  @Field(() => ID) id!: string;
}

@ObjectType({ simpleResolvers: true })
class LoggedIn {
  @Field(() => Account) account!: Account;
  @Field(() => Session) session!: Session;
  @Field(() => String, {
    nullable: true,
    description: "The session as a bearer token; null where it went out as a cookie.",
  })
  sessionToken!: string | null;
  @Field(() => [String], { nullable: true, description: "Only where this login turned two-factor on." })
  recoveryCodes!: readonly string[] | null;
  @Field(() => Int, { nullable: true, description: "Only after a recovery code was used." })
  recoveryCodesRemaining!: number | null;
}

@ObjectType({
  simpleResolvers: true,
  description:
    "The password was right and no session exists yet. The challenge authenticates nothing but `completeLogin`; it dies after 5 minutes, 5 wrong codes, or a change of the account.",
})
class TwoFactorChallenge {
  @Field(() => String) challenge!: string;
  @Field(() => [TwoFactorMethod]) methods!: readonly TwoFactorMethod[];
  @Field(() => DateTime) expiresAt!: number;
}

@ObjectType({
  simpleResolvers: true,
  description:
    "The policy asks for a second factor that this account does not have yet: set it up, then complete the login with its first code. 15 minutes, 10 wrong codes.",
})
class TwoFactorEnrollmentRequired {
  @Field(() => String) challenge!: string;
  @Field(() => TwoFactorEnrollment) enrollment!: TwoFactorEnrollment;
  @Field(() => DateTime) expiresAt!: number;
}

@ObjectType({ simpleResolvers: true })
class SteppedUp {
  @Field(() => Session) session!: Session;
  @Field(() => String, {
    nullable: true,
    description:
      "The renewed token; the one that was sent is dead. Null where it went out as a cookie. `Session.id` stays.",
  })
  sessionToken!: string | null;
}

const InvalidLogin = failureType(
  "INVALID_LOGIN",
  "Wrong login name or password; the same answer for an account that does not exist.",
);
export const ChallengeExpired = failureType("CHALLENGE_EXPIRED");
export const WrongPassword = failureType("WRONG_PASSWORD");

export const LoginResult = resultUnion("LoginResult", [
  ...[LoggedIn, TwoFactorChallenge, TwoFactorEnrollmentRequired, InvalidLogin],
  ...[InvalidVerificationCode, AccountLocked, TwoFactorUnreadable],
]);
export const CompleteLoginResult = resultUnion("CompleteLoginResult", [
  LoggedIn,
  InvalidVerificationCode,
  ChallengeExpired,
  AccountLocked,
  TwoFactorUnreadable,
]);
export const StepUpResult = resultUnion("StepUpResult", [
  SteppedUp,
  WrongPassword,
  InvalidVerificationCode,
  AccountLocked,
  TwoFactorUnreadable,
]);
