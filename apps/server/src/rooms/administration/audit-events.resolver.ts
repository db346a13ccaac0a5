import { Args, Ctx, Query, Resolver } from "type-graphql";
import { Access, ANY_CREDENTIAL } from "../../platform/access.js";
import type { Caller } from "../credentials/viewer.js";
import { AuditEventConnection, AuditEventsArgs } from "./audit-events.graphql.js";
import { listAuditEvents } from "./list-audit-events.js";

@Resolver()
export class AuditEventsResolver {
  @Query(() => AuditEventConnection, { description: "What happened, the newest first." })
  @Access({ to: "ADMINISTRATOR", credentials: ANY_CREDENTIAL, scope: "admin:read" })
  async auditEvents(
    @Args(() => AuditEventsArgs) { filter, ...page }: AuditEventsArgs,
    @Ctx() { app }: Caller,
  ): ReturnType<typeof listAuditEvents> {
    return await listAuditEvents(app, page, filter ?? {});
  }
}
