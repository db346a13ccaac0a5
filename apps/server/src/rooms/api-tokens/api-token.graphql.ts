import { Field, ID, InputType, ObjectType } from "type-graphql";
import { Assurance } from "../../platform/access.js";
import { DateTime } from "../../platform/date-time.js";
import { LimitReached } from "../../platform/limit-reached.graphql.js";
import { resultUnion } from "../../platform/result-union.js";
import { failureType } from "../../platform/user-error.js";
import type { ApiTokenEntity } from "./api-token.entity.js";

@ObjectType({ simpleResolvers: true })
export class ApiToken {
  @Field(() => ID) id!: string;
  @Field(() => String) name!: string;
  @Field(() => String, { description: "The first characters, to recognize it by." }) prefix!: string;
  @Field(() => [String]) scopes!: readonly string[];
  @Field(() => Assurance, {
    description:
      "That of the session that made it; falls to ONE_FACTOR when the account's second factor goes.",
  })
  assurance!: Assurance;
  @Field(() => DateTime) createdAt!: number;
  @Field(() => DateTime, { nullable: true }) expiresAt!: number | null;
  @Field(() => DateTime, { nullable: true }) lastUsedAt!: number | null;
}

/** Shows an API token, but not the token itself. */
export function toApiToken(token: ApiTokenEntity): ApiToken {
  const { id, name, prefix, assurance, createdAt, expiresAt, lastUsedAt } = token;
  return { id, name, prefix, scopes: token.scopes.split(" "), assurance, createdAt, expiresAt, lastUsedAt };
}

@ObjectType({ simpleResolvers: true })
export class ApiTokenCreated {
  readonly __typename = "ApiTokenCreated";
  @Field(() => ApiToken) apiToken!: ApiToken;
  @Field(() => String, {
    description:
      "Shown this once. Starts with kt_ and ends in a checksum, so that secret scanners can recognize it.",
  })
  token!: string;
}

@ObjectType({ simpleResolvers: true })
export class ApiTokenRevoked {
  readonly __typename = "ApiTokenRevoked";
  @Field(() => ID) id!: string;
}

@InputType({
  description: "Scopes: account:read, account:write, admin:read, admin:write, and those the deployment adds.",
})
export class CreateApiTokenInput {
  @Field(() => String) name!: string;
  @Field(() => [String]) scopes!: string[];
  @Field(() => DateTime, { nullable: true }) expiresAt?: number | null;
}

@InputType()
export class RevokeApiTokenInput {
  @Field(() => ID) id!: string;
}

export const UnknownScope = failureType("UNKNOWN_SCOPE");
export const CreateApiTokenResult = resultUnion("CreateApiTokenResult", [
  ApiTokenCreated,
  UnknownScope,
  LimitReached,
]);
export const RevokeApiTokenResult = resultUnion("RevokeApiTokenResult", [ApiTokenRevoked]);
