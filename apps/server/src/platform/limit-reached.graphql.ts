import { Field, Int, ObjectType } from "type-graphql";
import type { MessageLocale } from "./locale.js";
import { type Failure, failure, UserError } from "./user-error.js";

@ObjectType({ implements: UserError, simpleResolvers: true })
export class LimitReached extends UserError {
  @Field(() => Int) limit!: number;
}

/** No more of something can be made. */
export interface LimitReachedFailure extends Failure<"LIMIT_REACHED"> {
  readonly limit: number;
}

/** Says how many are possible. */
export function limitReached(limit: number, locale: MessageLocale): LimitReachedFailure {
  return { ...failure("LIMIT_REACHED", locale, limit), limit };
}
