import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import { Access, OWNED } from "../../platform/access.js";
import { loadTogether } from "../../platform/loader.js";
import { Account } from "../accounts/account.graphql.js";
import type { Caller } from "../credentials/viewer.js";
import {
  AuthorizedApplication,
  type AuthorizedApplicationRevoked,
  RevokeAuthorizedApplicationInput,
  RevokeAuthorizedApplicationResult,
  toAuthorizedApplication,
} from "./application.graphql.js";
import { listGrants } from "./grant.repository.js";
import { revokeAuthorizedApplication } from "./revoke-authorized-application.js";

@Resolver()
export class ApplicationsResolver {
  @Mutation(() => RevokeAuthorizedApplicationResult, {
    description: "One's own; for an administrator, anyone's.",
  })
  @Access({ to: "VIEWER", credentials: ["SESSION"] })
  async revokeAuthorizedApplication(
    @Arg("input", () => RevokeAuthorizedApplicationInput) input: RevokeAuthorizedApplicationInput,
    @Ctx() caller: Caller,
  ): Promise<AuthorizedApplicationRevoked> {
    return await revokeAuthorizedApplication(caller.app, caller, input);
  }
}

@Resolver(() => Account)
export class AccountApplicationsResolver {
  @FieldResolver(() => [AuthorizedApplication], { nullable: true })
  @Access({ to: "VIEWER", credentials: ["SESSION", "API_TOKEN"], scope: "account:read" }, OWNED)
  async authorizedApplications(
    @Root() { source }: Account,
    @Ctx() { app, request }: Caller,
  ): Promise<AuthorizedApplication[]> {
    const asked = { kind: listGrants, key: source.account.id };
    const grants = await loadTogether(request, asked, async (ids) => {
      const all = await listGrants(app.db.read, ids);
      return ids.map((id) => all.filter(({ grant }) => grant.accountId === id));
    });
    return grants.map(toAuthorizedApplication);
  }
}
