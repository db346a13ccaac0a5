import { Arg, Ctx, ID, Mutation, Query, Resolver } from "type-graphql";
import { Access } from "../../platform/access.js";
import type { Failure } from "../../platform/user-error.js";
import type { Caller } from "../credentials/viewer.js";
import { answerAuthorizationRequest } from "./answer-authorization-request.js";
import {
  AnswerAuthorizationRequestInput,
  AnswerAuthorizationRequestResult,
  AuthorizationRequest,
  type AuthorizationRequestAnswered,
  toAuthorizationRequest,
} from "./authorization-request.graphql.js";
import { findAuthorizationRequest } from "./authorize.js";

@Resolver()
export class AuthorizationRequestsResolver {
  @Query(() => AuthorizationRequest, {
    nullable: true,
    description: "The consent page's question: which application asks for what.",
  })
  @Access({ to: "VIEWER", credentials: ["SESSION"] })
  async authorizationRequest(
    @Arg("id", () => ID) id: string,
    @Ctx() caller: Caller,
  ): Promise<AuthorizationRequest | null> {
    const found = await findAuthorizationRequest(caller.app, caller, id);
    return found === null ? null : await toAuthorizationRequest(caller, found);
  }

  @Mutation(() => AnswerAuthorizationRequestResult, {
    description: "The person's answer on the consent page. Returns where to send the browser.",
  })
  @Access({ to: "VIEWER", credentials: ["SESSION"] })
  async answerAuthorizationRequest(
    @Arg("input", () => AnswerAuthorizationRequestInput) input: AnswerAuthorizationRequestInput,
    @Ctx() caller: Caller,
  ): Promise<AuthorizationRequestAnswered | Failure<"CHALLENGE_EXPIRED">> {
    return await answerAuthorizationRequest(caller, input);
  }
}
