import { ArgsType, Field, ID, InputType, Int, ObjectType } from "type-graphql";
import { LimitReached } from "../../platform/limit-reached.graphql.js";
import { PageArgs, PageInfo } from "../../platform/page.graphql.js";
import { resultUnion } from "../../platform/result-union.js";
import { failureType } from "../../platform/user-error.js";
import { UnknownScope } from "../api-tokens/api-token.graphql.js";
import {
  IdTokenAlgorithm,
  OAuthClient,
  OAuthClientAccess,
  OAuthClientType,
  OAuthGrantType,
} from "../oauth/client.graphql.js";

@ObjectType({ simpleResolvers: true })
class OAuthClientEdge {
  @Field(() => OAuthClient) node!: OAuthClient;
  @Field(() => String) cursor!: string;
}

@ObjectType({ simpleResolvers: true })
export class OAuthClientConnection {
  @Field(() => [OAuthClientEdge]) edges!: readonly OAuthClientEdge[];
  @Field(() => [OAuthClient]) nodes!: readonly OAuthClient[];
  @Field(() => PageInfo) pageInfo!: PageInfo;
  @Field(() => Int) totalCount!: () => Promise<number>;
}

@InputType()
class OAuthClientFilter {
  @Field(() => String, {
    nullable: true,
    description: "Part of the name, in any case, or the whole client_id.",
  })
  search?: string | null;
}

@ArgsType()
export class OAuthClientsArgs extends PageArgs {
  @Field(() => OAuthClientFilter, { nullable: true }) filter?: OAuthClientFilter | null;
}

@InputType()
export class CreateOAuthClientInput {
  @Field(() => String) name!: string;
  @Field(() => OAuthClientType, { nullable: true, defaultValue: "CONFIDENTIAL" })
  type?: OAuthClientType | null;
  @Field(() => [String]) redirectUris!: string[];
  @Field(() => [OAuthGrantType], {
    nullable: true,
    defaultValue: ["AUTHORIZATION_CODE", "REFRESH_TOKEN"],
  })
  grantTypes?: OAuthGrantType[] | null;
  @Field(() => [String]) scopes!: string[];
  @Field(() => OAuthClientAccess, { nullable: true, defaultValue: "EVERYONE" })
  access?: OAuthClientAccess | null;
  @Field(() => [ID], { nullable: true }) allowedAccountIds?: string[] | null;
  @Field(() => ID, {
    nullable: true,
    description: "A service account; required with CLIENT_CREDENTIALS, refused for a PUBLIC client.",
  })
  serviceAccountId?: string | null;
  @Field(() => IdTokenAlgorithm, { nullable: true, defaultValue: "RS256" })
  idTokenAlgorithm?: IdTokenAlgorithm | null;
}

@InputType()
export class UpdateOAuthClientInput {
  @Field(() => ID) id!: string;
  @Field(() => String, { nullable: true }) name?: string | null;
  @Field(() => [String], { nullable: true }) redirectUris?: string[] | null;
  @Field(() => [OAuthGrantType], { nullable: true }) grantTypes?: OAuthGrantType[] | null;
  @Field(() => [String], { nullable: true }) scopes?: string[] | null;
  @Field(() => OAuthClientAccess, { nullable: true }) access?: OAuthClientAccess | null;
  @Field(() => [ID], { nullable: true }) allowedAccountIds?: string[] | null;
  @Field(() => ID, { nullable: true }) serviceAccountId?: string | null;
  @Field(() => IdTokenAlgorithm, { nullable: true }) idTokenAlgorithm?: IdTokenAlgorithm | null;
  @Field(() => Boolean, { nullable: true }) enabled?: boolean | null;
  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description:
      "For a pause: without it, disabling a client and taking an account off its list end what was given.",
  })
  keepAuthorizations?: boolean | null;
}

@InputType()
export class RotateOAuthClientSecretInput {
  @Field(() => ID) id!: string;
}

@InputType()
export class DeleteOAuthClientInput {
  @Field(() => ID) id!: string;
}

@ObjectType({ simpleResolvers: true })
class OAuthClientCreated {
  @Field(() => OAuthClient) client!: OAuthClient;
  @Field(() => String, { nullable: true, description: "Shown this once; null for a public client." })
  clientSecret!: string | null;
}

@ObjectType({ simpleResolvers: true })
class OAuthClientUpdated {
  @Field(() => OAuthClient) client!: OAuthClient;
}

@ObjectType({ simpleResolvers: true })
class OAuthClientSecretRotated {
  @Field(() => OAuthClient) client!: OAuthClient;
  @Field(() => String) clientSecret!: string;
}

@ObjectType({ simpleResolvers: true })
class OAuthClientDeleted {
  @Field(() => ID) id!: string;
}

const InvalidRedirectUri = failureType("INVALID_REDIRECT_URI");

export const CreateOAuthClientResult = resultUnion("CreateOAuthClientResult", [
  ...[OAuthClientCreated, InvalidRedirectUri, UnknownScope, LimitReached],
]);
export const UpdateOAuthClientResult = resultUnion("UpdateOAuthClientResult", [
  ...[OAuthClientUpdated, InvalidRedirectUri, UnknownScope],
]);
export const RotateOAuthClientSecretResult = resultUnion("RotateOAuthClientSecretResult", [
  OAuthClientSecretRotated,
]);
export const DeleteOAuthClientResult = resultUnion("DeleteOAuthClientResult", [OAuthClientDeleted]);
