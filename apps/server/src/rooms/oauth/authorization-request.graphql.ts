import { Field, ID, InputType, Int, ObjectType } from "type-graphql";
import { DateTime } from "../../platform/date-time.js";
import { resultUnion } from "../../platform/result-union.js";
import type { Caller } from "../credentials/viewer.js";
import { ChallengeExpired } from "../sessions/login.graphql.js";
import { accessLifetime } from "./access-lifetime.js";
import { OAuthApplication } from "./application.graphql.js";
import type { WaitingRequest } from "./authorization-request.repository.js";
import { shownTarget } from "./redirect-target.js";
import { meaningOf } from "./scope-meaning.js";

@ObjectType({
  simpleResolvers: true,
  description: "Bound to the account and the browser that first saw it; five minutes.",
})
export class AuthorizationRequest {
  @Field(() => ID) id!: string;
  @Field(() => OAuthApplication) application!: OAuthApplication;
  @Field(() => [String]) scopes!: readonly string[];
  @Field(() => [String], { description: "What each of `scopes` allows, in the viewer's language." })
  scopeMeanings!: readonly string[];
  @Field(() => String) redirectHost!: string;
  @Field(() => Int, { description: "How long the application can go on without asking again, in seconds." })
  accessLifetimeSeconds!: number;
  @Field(() => DateTime) expiresAt!: number;
}

/** Shows a request to the person whom it asks. */
export async function toAuthorizationRequest(
  caller: Caller,
  { waiting, client, request }: WaitingRequest,
): Promise<AuthorizationRequest> {
  const { scopes } = request;
  return {
    ...{ id: waiting.id, scopes, expiresAt: waiting.expiresAt },
    scopeMeanings: scopes.map((scope) => meaningOf(scope, caller)),
    application: { id: client.id, name: client.name },
    accessLifetimeSeconds: await accessLifetime(client),
    redirectHost: shownTarget(request.redirectUri),
  };
}

@InputType()
export class AnswerAuthorizationRequestInput {
  @Field(() => ID) id!: string;
  @Field(() => Boolean) allow!: boolean;
}

@ObjectType({ simpleResolvers: true })
export class AuthorizationRequestAnswered {
  readonly __typename = "AuthorizationRequestAnswered";
  @Field(() => String) redirectTo!: string;
}

export const AnswerAuthorizationRequestResult = resultUnion("AnswerAuthorizationRequestResult", [
  AuthorizationRequestAnswered,
  ChallengeExpired,
]);
