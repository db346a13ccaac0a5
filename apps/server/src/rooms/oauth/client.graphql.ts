import type { GrantType, IdTokenAlgorithm as IdTokenAlgorithmName } from "@keyturn/oauth2";
import { Field, ID, ObjectType, registerEnumType } from "type-graphql";
import { DateTime } from "../../platform/date-time.js";
import type { OAuthClientEntity } from "./client.entity.js";

export const OAuthClientType = { CONFIDENTIAL: "CONFIDENTIAL", PUBLIC: "PUBLIC" } as const;
export type OAuthClientType = keyof typeof OAuthClientType;

export const OAuthGrantType = {
  AUTHORIZATION_CODE: "AUTHORIZATION_CODE",
  REFRESH_TOKEN: "REFRESH_TOKEN",
  CLIENT_CREDENTIALS: "CLIENT_CREDENTIALS",
} as const satisfies Record<Uppercase<GrantType>, string>;
export type OAuthGrantType = keyof typeof OAuthGrantType;

export const OAuthClientAccess = { EVERYONE: "EVERYONE", LISTED: "LISTED" } as const;
export type OAuthClientAccess = keyof typeof OAuthClientAccess;

export const IdTokenAlgorithm = { RS256: "RS256", ES256: "ES256" } as const satisfies Record<
  IdTokenAlgorithmName,
  string
>;
export type IdTokenAlgorithm = keyof typeof IdTokenAlgorithm;

registerEnumType(OAuthClientType, { name: "OAuthClientType" });
registerEnumType(OAuthGrantType, { name: "OAuthGrantType" });
registerEnumType(OAuthClientAccess, { name: "OAuthClientAccess" });
registerEnumType(IdTokenAlgorithm, { name: "IdTokenAlgorithm" });

@ObjectType({ simpleResolvers: true })
export class OAuthClient {
  @Field(() => ID, { description: "The client_id: letters and digits." }) id!: string;
  @Field(() => String) name!: string;
  @Field(() => OAuthClientType) type!: OAuthClientType;
  @Field(() => [String]) redirectUris!: readonly string[];
  @Field(() => [OAuthGrantType]) grantTypes!: readonly OAuthGrantType[];
  @Field(() => [String]) scopes!: readonly string[];
  @Field(() => OAuthClientAccess, { description: "Who may authorize it." }) access!: OAuthClientAccess;
  @Field(() => IdTokenAlgorithm) idTokenAlgorithm!: IdTokenAlgorithm;
  @Field(() => Boolean) enabled!: boolean;
  @Field(() => DateTime) createdAt!: number;
  /** What the room above adds a field from; GraphQL does not see it. */
  serviceAccountId!: string | null;
}

/** Shows a client, but nothing of its secret. */
export function toOAuthClient(client: OAuthClientEntity): OAuthClient {
  const { id, name, secretHash, access, idTokenAlgorithm, enabled, createdAt, serviceAccountId } = client;
  return {
    ...{ id, name, access, idTokenAlgorithm, enabled, createdAt, serviceAccountId },
    type: secretHash === null ? "PUBLIC" : "CONFIDENTIAL",
    redirectUris: wordsOf(client.redirectUris),
    grantTypes: wordsOf(client.grantTypes).map((name) => name.toUpperCase() as OAuthGrantType),
    scopes: wordsOf(client.scopes),
  };
}

function wordsOf(text: string): string[] {
  return text.split(" ").filter((word) => word !== "");
}
