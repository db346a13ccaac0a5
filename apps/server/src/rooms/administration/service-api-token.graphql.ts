import { Field, ID, InputType } from "type-graphql";
import { CreateApiTokenInput } from "../api-tokens/api-token.graphql.js";

@InputType()
export class CreateServiceApiTokenInput extends CreateApiTokenInput {
  @Field(() => ID) accountId!: string;
}
