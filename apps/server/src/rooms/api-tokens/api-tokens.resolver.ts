import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import { Access, OWNED } from "../../platform/access.js";
import { loadTogether } from "../../platform/loader.js";
import { Account } from "../accounts/account.graphql.js";
import { type Caller, sessionOf } from "../credentials/viewer.js";
import {
  ApiToken,
  type ApiTokenRevoked,
  CreateApiTokenInput,
  CreateApiTokenResult,
  RevokeApiTokenInput,
  RevokeApiTokenResult,
  toApiToken,
} from "./api-token.graphql.js";
import { listApiTokens } from "./api-token.repository.js";
import { type CreateApiTokenAnswer, createApiToken } from "./create-api-token.js";
import { revokeApiToken } from "./revoke-api-token.js";

@Resolver()
export class ApiTokensResolver {
  @Mutation(() => CreateApiTokenResult, { description: "An admin scope only for an administrator." })
  @Access({ to: "VIEWER", credentials: ["SESSION"], maxAge: 900 })
  async createApiToken(
    @Arg("input", () => CreateApiTokenInput) input: CreateApiTokenInput,
    @Ctx() caller: Caller,
  ): Promise<CreateApiTokenAnswer> {
    const { account, assurance } = sessionOf(caller);
    return await createApiToken(caller.app, { caller, owner: account, assurance }, input);
  }

  @Mutation(() => RevokeApiTokenResult, { description: "One's own; for an administrator, anyone's." })
  @Access({ to: "VIEWER", credentials: ["SESSION"] })
  async revokeApiToken(
    @Arg("input", () => RevokeApiTokenInput) input: RevokeApiTokenInput,
    @Ctx() caller: Caller,
  ): Promise<ApiTokenRevoked> {
    return await revokeApiToken(caller.app, caller, input);
  }
}

@Resolver(() => Account)
export class AccountApiTokensResolver {
  @FieldResolver(() => [ApiToken], { nullable: true })
  @Access({ to: "VIEWER", credentials: ["SESSION", "API_TOKEN"], scope: "account:read" }, OWNED)
  async apiTokens(@Root() { source }: Account, @Ctx() { app, request }: Caller): Promise<ApiToken[]> {
    const asked = { kind: listApiTokens, key: source.account.id };
    const tokens = await loadTogether(request, asked, async (ids) => {
      const all = await listApiTokens(app.db.read, ids);
      return ids.map((id) => all.filter(({ accountId }) => accountId === id));
    });
    return tokens.map(toApiToken);
  }
}
