import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from "type-graphql";
import { Access, ANY_CREDENTIAL, OWNED } from "../../platform/access.js";
import { resultUnion } from "../../platform/result-union.js";
import { Account } from "../accounts/account.graphql.js";
import type { Caller } from "../credentials/viewer.js";
import { Authentication, toAuthentication } from "./authentication.graphql.js";
import { completeLogin } from "./complete-login.js";
import { logOut, revokeOtherSessions, revokeSession } from "./end-session.js";
import { listLiveSessions } from "./list-sessions.js";
import type { CompleteLoginAnswer } from "./logged-in.js";
import {
  CompleteLoginInput,
  CompleteLoginResult,
  LoginInput,
  LoginResult,
  RevokeSessionInput,
  StepUpInput,
  StepUpResult,
} from "./login.graphql.js";
import { type LoginAnswer, login } from "./login.js";
import { LoggedOut, OtherSessionsRevoked, Session, SessionRevoked } from "./session.graphql.js";
import { type StepUpAnswer, stepUp } from "./step-up.js";

const LogoutResult = resultUnion("LogoutResult", [LoggedOut]);
const RevokeSessionResult = resultUnion("RevokeSessionResult", [SessionRevoked]);
const RevokeOtherSessionsResult = resultUnion("RevokeOtherSessionsResult", [OtherSessionsRevoked]);

@Resolver()
export class SessionsResolver {
  @Query(() => Authentication, { nullable: true })
  @Access({ to: "PUBLIC", credentials: ANY_CREDENTIAL })
  authentication(@Ctx() caller: Caller): Authentication | null {
    return toAuthentication(caller);
  }

  @Mutation(() => LoginResult, {
    description: "Over a live session: that session ends, the new one has a new token.",
  })
  @Access({ to: "PUBLIC" })
  async login(
    @Arg("input", () => LoginInput) input: LoginInput,
    @Ctx() caller: Caller,
  ): Promise<LoginAnswer> {
    return await login(caller.app, caller, input);
  }

  @Mutation(() => CompleteLoginResult)
  @Access({ to: "PUBLIC" })
  async completeLogin(
    @Arg("input", () => CompleteLoginInput) input: CompleteLoginInput,
    @Ctx() caller: Caller,
  ): Promise<CompleteLoginAnswer> {
    return await completeLogin(caller.app, caller, input);
  }

  @Mutation(() => StepUpResult, {
    description: "Proves the factors again within the session, for what asks for a recent proof.",
  })
  @Access({ to: "VIEWER", credentials: ["SESSION"] })
  async stepUp(
    @Arg("input", () => StepUpInput) input: StepUpInput,
    @Ctx() caller: Caller,
  ): Promise<StepUpAnswer> {
    return await stepUp(caller.app, caller, input);
  }

  @Mutation(() => LogoutResult)
  @Access({ to: "VIEWER", credentials: ["SESSION"] })
  async logout(@Ctx() caller: Caller): Promise<LoggedOut> {
    return await logOut(caller.app, caller);
  }

  @Mutation(() => RevokeSessionResult, { description: "One's own; for an administrator, anyone's." })
  @Access({ to: "VIEWER", credentials: ["SESSION"] })
  async revokeSession(
    @Arg("input", () => RevokeSessionInput) input: RevokeSessionInput,
    @Ctx() caller: Caller,
  ): Promise<SessionRevoked> {
    return await revokeSession(caller.app, caller, input);
  }

  @Mutation(() => RevokeOtherSessionsResult)
  @Access({ to: "VIEWER", credentials: ["SESSION"] })
  async revokeOtherSessions(@Ctx() caller: Caller): Promise<OtherSessionsRevoked> {
    return await revokeOtherSessions(caller.app, caller);
  }
}

@Resolver(() => Account)
export class AccountSessionsResolver {
  @FieldResolver(() => [Session], {
    nullable: true,
    description:
      "These three, and the two marked in TwoFactor: one's own by session, or by an API token with account:read; another's for an administrator by session, or by an API token with admin:read. Null, with an error, for who may not see them.",
  })
  @Access({ to: "VIEWER", credentials: ["SESSION", "API_TOKEN"], scope: "account:read" }, OWNED)
  async sessions(@Root() account: Account, @Ctx() caller: Caller): Promise<Session[]> {
    return await listLiveSessions(caller, account.source);
  }
}
