import { Field, ID, InputType, ObjectType } from "type-graphql";
import { DateTime } from "../../platform/date-time.js";
import { resultUnion } from "../../platform/result-union.js";
import type { GrantedApplication } from "./grant.repository.js";

@ObjectType({ simpleResolvers: true, description: "What a person sees of an OAuth client." })
export class OAuthApplication {
  @Field(() => ID) id!: string;
  @Field(() => String) name!: string;
}

@ObjectType({ simpleResolvers: true })
export class AuthorizedApplication {
  @Field(() => ID) id!: string;
  @Field(() => OAuthApplication) application!: OAuthApplication;
  @Field(() => [String]) scopes!: readonly string[];
  @Field(() => DateTime) authorizedAt!: number;
  @Field(() => DateTime, { nullable: true }) lastUsedAt!: number | null;
}

/** Shows what an account allowed an application. */
export function toAuthorizedApplication({ grant, application }: GrantedApplication): AuthorizedApplication {
  const { id, authorizedAt, lastUsedAt } = grant;
  return { id, application, scopes: grant.scopes.split(" "), authorizedAt, lastUsedAt };
}

@ObjectType({ simpleResolvers: true })
export class AuthorizedApplicationRevoked {
  readonly __typename = "AuthorizedApplicationRevoked";
  @Field(() => ID) id!: string;
}

@InputType()
export class RevokeAuthorizedApplicationInput {
  @Field(() => ID) id!: string;
}

export const RevokeAuthorizedApplicationResult = resultUnion("RevokeAuthorizedApplicationResult", [
  AuthorizedApplicationRevoked,
]);
