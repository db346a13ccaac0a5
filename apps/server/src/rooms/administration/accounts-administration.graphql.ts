import { ArgsType, Field, ID, InputType, Int, ObjectType } from "type-graphql";
import { PageArgs, PageInfo } from "../../platform/page.graphql.js";
import { resultUnion } from "../../platform/result-union.js";
import { failureType } from "../../platform/user-error.js";
import { Account, AccountStatus } from "../accounts/account.graphql.js";
import { AccountKind, Role } from "../accounts/account-kind.js";
import { LoginNameTaken, WeakPassword } from "../accounts/failures.graphql.js";
import { TwoFactorState } from "../two-factor/two-factor.policy.js";

@InputType()
class AccountFilter {
  @Field(() => String, {
    nullable: true,
    description: "Part of the login name, the display name or the e-mail address, in any case.",
  })
  search?: string | null;
  @Field(() => TwoFactorState, { nullable: true }) twoFactor?: TwoFactorState | null;
  @Field(() => Role, { nullable: true }) role?: Role | null;
  @Field(() => AccountKind, { nullable: true }) kind?: AccountKind | null;
  @Field(() => AccountStatus, { nullable: true }) status?: AccountStatus | null;
  @Field(() => Boolean, { nullable: true }) locked?: boolean | null;
}

@ArgsType()
export class AccountsArgs extends PageArgs {
  @Field(() => AccountFilter, { nullable: true }) filter?: AccountFilter | null;
}

@ObjectType({ simpleResolvers: true })
class AccountEdge {
  @Field(() => Account) node!: Account;
  @Field(() => String) cursor!: string;
}

@ObjectType({ simpleResolvers: true })
export class AccountConnection {
  @Field(() => [AccountEdge]) edges!: readonly AccountEdge[];
  @Field(() => [Account]) nodes!: readonly Account[];
  @Field(() => PageInfo) pageInfo!: PageInfo;
  @Field(() => Int) totalCount!: () => Promise<number>;
}

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
export class UpdateAccountInput {
  @Field(() => ID) accountId!: string;
  @Field(() => String, { nullable: true }) loginName?: string | null;
  @Field(() => String, { nullable: true }) displayName?: string | null;
  @Field(() => String, { nullable: true }) locale?: string | null;
}

@InputType()
export class ChangeAccountRoleInput {
  @Field(() => ID) accountId!: string;
  @Field(() => Role) role!: Role;
}

@InputType()
export class ChangeAccountEmailAddressInput {
  @Field(() => ID) accountId!: string;
  @Field(() => String, { nullable: true }) emailAddress?: string | null;
}

@InputType({
  description: "For a pause, tokens and applications can be spared; what is not ends for good.",
})
export class SuspendAccountInput {
  @Field(() => ID) accountId!: string;
  @Field(() => String) reason!: string;
  @Field(() => Boolean, { nullable: true, defaultValue: false }) keepApiTokens?: boolean | null;
  @Field(() => Boolean, { nullable: true, defaultValue: false }) keepAuthorizedApplications?: boolean | null;
}

@InputType()
export class ReinstateAccountInput {
  @Field(() => ID) accountId!: string;
}

@InputType()
export class DeleteAccountInput {
  @Field(() => ID) accountId!: string;
}

@InputType()
export class UnlockAccountInput {
  @Field(() => ID) accountId!: string;
}

@InputType({
  description: "Without a new password, a link to set one is mailed, so that nobody else knows it.",
})
export class SetAccountPasswordInput {
  @Field(() => ID) accountId!: string;
  @Field(() => String, { nullable: true }) newPassword?: string | null;
}

@InputType()
export class RevokeAccountSessionsInput {
  @Field(() => ID) accountId!: string;
  @Field(() => String) reason!: string;
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
class AccountSuspended {
  @Field(() => Account) account!: Account;
  @Field(() => Int) sessionsRevoked!: number;
}

@ObjectType({ simpleResolvers: true })
class AccountReinstated {
  @Field(() => Account) account!: Account;
}

@ObjectType({
  simpleResolvers: true,
  description: "Everything of the account goes, but for its audit events.",
})
class AccountDeleted {
  @Field(() => ID) id!: string;
}

@ObjectType({ simpleResolvers: true })
class AccountUnlocked {
  @Field(() => Account) account!: Account;
}

@ObjectType({ simpleResolvers: true })
class AccountPasswordSet {
  @Field(() => Account) account!: Account;
  @Field(() => Int) sessionsRevoked!: number;
}

@ObjectType({ simpleResolvers: true })
class AccountSessionsRevoked {
  @Field(() => Account) account!: Account;
  @Field(() => Int) sessionsRevoked!: number;
}

const LastAdministrator = failureType(
  "LAST_ADMINISTRATOR",
  "The last active person with a password who is an administrator.",
);

export const CreateAccountResult = resultUnion("CreateAccountResult", [
  ...[AccountCreated, LoginNameTaken, WeakPassword],
]);
export const UpdateAccountResult = resultUnion("UpdateAccountResult", [AccountUpdated, LoginNameTaken]);
export const ChangeAccountRoleResult = resultUnion("ChangeAccountRoleResult", [
  ...[AccountUpdated, LastAdministrator],
]);
export const ChangeAccountEmailAddressResult = resultUnion("ChangeAccountEmailAddressResult", [
  AccountUpdated,
]);
export const SuspendAccountResult = resultUnion("SuspendAccountResult", [
  AccountSuspended,
  LastAdministrator,
]);
export const ReinstateAccountResult = resultUnion("ReinstateAccountResult", [AccountReinstated]);
export const DeleteAccountResult = resultUnion("DeleteAccountResult", [AccountDeleted, LastAdministrator]);
export const UnlockAccountResult = resultUnion("UnlockAccountResult", [AccountUnlocked]);
export const SetAccountPasswordResult = resultUnion("SetAccountPasswordResult", [
  ...[AccountPasswordSet, WeakPassword],
]);
export const RevokeAccountSessionsResult = resultUnion("RevokeAccountSessionsResult", [
  AccountSessionsRevoked,
]);
