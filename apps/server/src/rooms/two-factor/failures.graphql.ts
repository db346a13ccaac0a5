import { Field, Int, ObjectType } from "type-graphql";
import { DateTime } from "../../platform/date-time.js";
import { failureType, UserError } from "../../platform/user-error.js";
import { TwoFactorAvailability } from "./two-factor.policy.js";

@ObjectType({
  implements: UserError,
  simpleResolvers: true,
  description:
    "Names the count and the minutes, or says to ask an administrator. A name that no account bears locks in the same way.",
})
export class AccountLocked extends UserError {
  @Field(() => DateTime, { nullable: true }) lockedUntil!: number | null;
}

@ObjectType({
  implements: UserError,
  simpleResolvers: true,
  description: "Wrong, used, or out of its time window: one answer for all three.",
})
export class InvalidVerificationCode extends UserError {
  @Field(() => Int, {
    nullable: true,
    description: "While enrolling only: how far the device's clock seems to be off.",
  })
  clockSkewSeconds!: number | null;
}

export const TwoFactorUnreadable = failureType(
  "TWO_FACTOR_UNREADABLE",
  "No configured key opens the secret: the operator must act; nothing was counted.",
);
export const TwoFactorNotEnabled = failureType("TWO_FACTOR_NOT_ENABLED");

@ObjectType({ implements: UserError, simpleResolvers: true })
export class TwoFactorUnavailable extends UserError {
  @Field(() => TwoFactorAvailability) availability!: TwoFactorAvailability;
}
