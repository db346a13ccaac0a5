import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from "type-graphql";
import { Access, ANY_CREDENTIAL } from "../../platform/access.js";
import { PageArgs } from "../../platform/page.graphql.js";
import { Account } from "../accounts/account.graphql.js";
import type { Caller } from "../credentials/viewer.js";
import { OAuthClient } from "../oauth/client.graphql.js";
import { AccountConnection } from "./accounts-administration.graphql.js";
import { createOAuthClient } from "./create-oauth-client.js";
import { deleteOAuthClient } from "./delete-oauth-client.js";
import type { AccountPage } from "./list-accounts.js";
import {
  findOAuthClient,
  findServiceAccount,
  listAllowedAccounts,
  listOAuthClients,
  type OAuthClientPage,
} from "./list-oauth-clients.js";
import {
  CreateOAuthClientInput,
  CreateOAuthClientResult,
  DeleteOAuthClientInput,
  DeleteOAuthClientResult,
  OAuthClientConnection,
  OAuthClientsArgs,
  RotateOAuthClientSecretInput,
  RotateOAuthClientSecretResult,
  UpdateOAuthClientInput,
  UpdateOAuthClientResult,
} from "./oauth-clients.graphql.js";
import { rotateOAuthClientSecret } from "./rotate-oauth-client-secret.js";
import { updateOAuthClient } from "./update-oauth-client.js";

@Resolver(() => OAuthClient)
export class OAuthClientsResolver {
  @Query(() => OAuthClientConnection)
  @Access({ to: "ADMINISTRATOR", credentials: ANY_CREDENTIAL, scope: "admin:read" })
  async oauthClients(
    @Args(() => OAuthClientsArgs) { filter, ...page }: OAuthClientsArgs,
    @Ctx() { app }: Caller,
  ): Promise<OAuthClientPage> {
    return await listOAuthClients(app, page, filter ?? {});
  }

  @Query(() => OAuthClient, { nullable: true, description: "One client, by its client_id." })
  @Access({ to: "ADMINISTRATOR", credentials: ANY_CREDENTIAL, scope: "admin:read" })
  async oauthClient(@Arg("id", () => ID) id: string, @Ctx() { app }: Caller): Promise<OAuthClient | null> {
    return await findOAuthClient(app, id);
  }

  @Mutation(() => CreateOAuthClientResult)
  @Access({ to: "ADMINISTRATOR", credentials: ["SESSION"], maxAge: 900 })
  async createOAuthClient(
    @Arg("input", () => CreateOAuthClientInput) input: CreateOAuthClientInput,
    @Ctx() caller: Caller,
  ): ReturnType<typeof createOAuthClient> {
    return await createOAuthClient(caller.app, caller, input);
  }

  @Mutation(() => UpdateOAuthClientResult)
  @Access({ to: "ADMINISTRATOR", credentials: ["SESSION"], maxAge: 900 })
  async updateOAuthClient(
    @Arg("input", () => UpdateOAuthClientInput) input: UpdateOAuthClientInput,
    @Ctx() caller: Caller,
  ): ReturnType<typeof updateOAuthClient> {
    return await updateOAuthClient(caller.app, caller, input);
  }

  @Mutation(() => RotateOAuthClientSecretResult)
  @Access({ to: "ADMINISTRATOR", credentials: ["SESSION"], maxAge: 900 })
  async rotateOAuthClientSecret(
    @Arg("input", () => RotateOAuthClientSecretInput) input: RotateOAuthClientSecretInput,
    @Ctx() caller: Caller,
  ): ReturnType<typeof rotateOAuthClientSecret> {
    return await rotateOAuthClientSecret(caller.app, caller, input);
  }

  @Mutation(() => DeleteOAuthClientResult)
  @Access({ to: "ADMINISTRATOR", credentials: ["SESSION"], maxAge: 900 })
  async deleteOAuthClient(
    @Arg("input", () => DeleteOAuthClientInput) input: DeleteOAuthClientInput,
    @Ctx() caller: Caller,
  ): ReturnType<typeof deleteOAuthClient> {
    return await deleteOAuthClient(caller.app, caller, input);
  }

  @FieldResolver(() => AccountConnection)
  async allowedAccounts(
    @Root() { id }: OAuthClient,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { app, request }: Caller,
  ): Promise<AccountPage> {
    return await listAllowedAccounts(app, { id, request }, page);
  }

  @FieldResolver(() => Account, { nullable: true, description: "Whom CLIENT_CREDENTIALS stands for." })
  async serviceAccount(
    @Root() { serviceAccountId }: OAuthClient,
    @Ctx() { app, request }: Caller,
  ): Promise<Account | null> {
    if (serviceAccountId === null) return null;
    return await findServiceAccount(app, { id: serviceAccountId, request });
  }
}
