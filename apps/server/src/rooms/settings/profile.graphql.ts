import { Directive, Extensions, Field, InputType, Int, ObjectType } from "type-graphql";
import { resultUnion } from "../../platform/result-union.js";
import { failureType } from "../../platform/user-error.js";
import { Account } from "../accounts/account.graphql.js";
import { LoginNameTaken, WeakPassword } from "../accounts/failures.graphql.js";
import { WrongPassword } from "../sessions/login.graphql.js";
import {
  AccountLocked,
  InvalidVerificationCode,
  TwoFactorUnreadable,
} from "../two-factor/failures.graphql.js";
import { SecondFactorProof } from "../two-factor/proof.graphql.js";

@InputType()
export class UpdateProfileInput {
  @Field(() => String, { nullable: true }) displayName?: string | null;
  @Field(() => String, { nullable: true }) locale?: string | null;
}

@InputType()
export class ChangeLoginNameInput {
  @Field(() => String) loginName!: string;
}

@InputType({
  description:
    "Takes effect when the link mailed to the new address is followed; the old address is told at once.",
})
export class ChangeEmailAddressInput {
  @Field(() => String) emailAddress!: string;
}

@InputType()
export class ConfirmEmailAddressInput {
  @Field(() => String) token!: string;
}

@InputType({
  description:
    "An account with two-factor sends its proof too. Every other session ends; API tokens and applications go on, and the mail lists them.",
})
export class ChangePasswordInput {
  @Field(() => String) currentPassword!: string;
  @Field(() => String) newPassword!: string;
  @Field(() => SecondFactorProof, { nullable: true }) proof?: SecondFactorProof | null;
}

@InputType()
@Directive("@oneOf")
@Extensions({ oneOf: true })
export class RequestPasswordResetInput {
  @Field(() => String, { nullable: true }) loginName?: string | null;
  @Field(() => String, { nullable: true }) emailAddress?: string | null;
}

@InputType()
export class ResetPasswordInput {
  @Field(() => String) token!: string;
  @Field(() => String) newPassword!: string;
}

@ObjectType({ simpleResolvers: true })
class ProfileUpdated {
  @Field(() => Account) account!: Account;
}

@ObjectType({ simpleResolvers: true })
class LoginNameChanged {
  @Field(() => Account) account!: Account;
}

@ObjectType({ simpleResolvers: true })
class EmailAddressChangeRequested {
  @Field(() => String) message!: string;
}

@ObjectType({ simpleResolvers: true })
class EmailAddressConfirmed {
  @Field(() => String) message!: string;
}

@ObjectType({ simpleResolvers: true })
class PasswordChanged {
  @Field(() => Account) account!: Account;
  @Field(() => Int) sessionsRevoked!: number;
  @Field(() => String, { nullable: true, description: "As in SteppedUp." }) sessionToken!: string | null;
}

@ObjectType({ simpleResolvers: true })
class PasswordResetRequested {
  @Field(() => String) message!: string;
}

@ObjectType({ simpleResolvers: true })
class PasswordReset {
  @Field(() => String) message!: string;
}

const InvalidMailToken = failureType("INVALID_MAIL_TOKEN");

export const UpdateProfileResult = resultUnion("UpdateProfileResult", [ProfileUpdated]);
export const ChangeLoginNameResult = resultUnion("ChangeLoginNameResult", [LoginNameChanged, LoginNameTaken]);
export const ChangeEmailAddressResult = resultUnion("ChangeEmailAddressResult", [
  EmailAddressChangeRequested,
]);
export const ConfirmEmailAddressResult = resultUnion("ConfirmEmailAddressResult", [
  ...[EmailAddressConfirmed, InvalidMailToken],
]);
export const ChangePasswordResult = resultUnion("ChangePasswordResult", [
  ...[
    PasswordChanged,
    WrongPassword,
    WeakPassword,
    InvalidVerificationCode,
    AccountLocked,
    TwoFactorUnreadable,
  ],
]);
export const RequestPasswordResetResult = resultUnion("RequestPasswordResetResult", [PasswordResetRequested]);
export const ResetPasswordResult = resultUnion("ResetPasswordResult", [
  PasswordReset,
  InvalidMailToken,
  WeakPassword,
]);
