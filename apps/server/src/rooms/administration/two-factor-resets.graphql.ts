import { Field, ID, InputType, Int, ObjectType } from "type-graphql";
import { DateTime } from "../../platform/date-time.js";
import { PageInfo } from "../../platform/page.graphql.js";
import { resultUnion } from "../../platform/result-union.js";
import { failureType } from "../../platform/user-error.js";
import { Account } from "../accounts/account.graphql.js";
import { TwoFactorNotEnabled } from "../two-factor/failures.graphql.js";

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
export class ApproveTwoFactorResetInput {
  @Field(() => ID) approvalId!: string;
}

@InputType()
export class RejectTwoFactorResetInput {
  @Field(() => ID) approvalId!: string;
}

@ObjectType({ simpleResolvers: true })
class TwoFactorReset {
  @Field(() => Account) account!: Account;
  @Field(() => Int) sessionsRevoked!: number;
  @Field(() => Int) apiTokensRevoked!: number;
  @Field(() => Int) applicationsRevoked!: number;
}

@ObjectType({
  simpleResolvers: true,
  description: "The policy asks for a second administrator. Dies after 24 hours.",
})
class TwoFactorResetPending {
  @Field(() => ID) approvalId!: string;
  @Field(() => Account) account!: Account;
  @Field(() => DateTime) expiresAt!: number;
}

@ObjectType({ simpleResolvers: true })
class TwoFactorResetRequest {
  @Field(() => ID, { description: "The approvalId." }) id!: string;
  @Field(() => Account) account!: Account;
  @Field(() => Account) requestedBy!: Account;
  @Field(() => String) reason!: string;
  @Field(() => DateTime) requestedAt!: number;
  @Field(() => DateTime) expiresAt!: number;
  @Field(() => Boolean) revokeAuthorizedApplications!: boolean;
  @Field(() => Boolean) revokeApiTokens!: boolean;
  @Field(() => Boolean, { description: "Whether this viewer may approve it." }) approvable!: boolean;
}

@ObjectType({ simpleResolvers: true })
class TwoFactorResetRequestEdge {
  @Field(() => TwoFactorResetRequest) node!: TwoFactorResetRequest;
  @Field(() => String) cursor!: string;
}

@ObjectType({ simpleResolvers: true })
export class TwoFactorResetRequestConnection {
  @Field(() => [TwoFactorResetRequestEdge]) edges!: readonly TwoFactorResetRequestEdge[];
  @Field(() => [TwoFactorResetRequest]) nodes!: readonly TwoFactorResetRequest[];
  @Field(() => PageInfo) pageInfo!: PageInfo;
  @Field(() => Int) totalCount!: () => Promise<number>;
}

@ObjectType({ simpleResolvers: true })
class TwoFactorResetRejected {
  @Field(() => ID) approvalId!: string;
}

const SelfReset = failureType(
  "SELF_RESET",
  "Nobody resets their own second factor as an administrator: they disable it with a code.",
);
const ApprovalUnknown = failureType("APPROVAL_UNKNOWN");
const ApproverNotEligible = failureType("APPROVER_NOT_ELIGIBLE");

export const ResetTwoFactorResult = resultUnion("ResetTwoFactorResult", [
  ...[TwoFactorReset, TwoFactorResetPending, TwoFactorNotEnabled, SelfReset],
]);
export const ApproveTwoFactorResetResult = resultUnion("ApproveTwoFactorResetResult", [
  ...[TwoFactorReset, ApprovalUnknown, ApproverNotEligible],
]);
export const RejectTwoFactorResetResult = resultUnion("RejectTwoFactorResetResult", [
  ...[TwoFactorResetRejected, ApprovalUnknown],
]);
