import { Field, ObjectType } from "type-graphql";
import { failureType, UserError } from "../../platform/user-error.js";

@ObjectType({ implements: UserError, simpleResolvers: true })
export class WeakPassword extends UserError {
  @Field(() => [String]) rules!: readonly string[];
}

export const LoginNameTaken = failureType("LOGIN_NAME_TAKEN");
