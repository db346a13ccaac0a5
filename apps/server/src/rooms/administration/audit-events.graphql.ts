import { ArgsType, Field, ID, InputType, ObjectType, registerEnumType } from "type-graphql";
import { CredentialType } from "../../platform/access.js";
import { DateTime } from "../../platform/date-time.js";
import { PageArgs, PageInfo } from "../../platform/page.graphql.js";
import { Account } from "../accounts/account.graphql.js";
import { AuditLevel, AuditResult } from "../audit/actions.js";

registerEnumType(AuditLevel, {
  name: "AuditLevel",
  valuesConfig: {
    NOTICE: { description: "What an administrator wants to see among many." },
    INFORMATION: { description: "The rest." },
  },
});
registerEnumType(AuditResult, { name: "AuditResult" });

@ObjectType({ simpleResolvers: true })
class AuditDetail {
  @Field(() => String) name!: string;
  @Field(() => String) value!: string;
}

@ObjectType({ simpleResolvers: true })
export class AuditEvent {
  @Field(() => ID) id!: string;
  @Field(() => DateTime) at!: number;
  @Field(() => String, {
    description:
      "A closed set of dotted names, listed in docs: login.succeeded, two-factor.enabled, two-factor.reset …",
  })
  action!: string;
  @Field(() => AuditLevel) level!: AuditLevel;
  @Field(() => AuditResult) result!: AuditResult;
  @Field(() => Account, {
    nullable: true,
    description: "Who did it, and the name as it was then, or as typed. Ids and names outlive the account.",
  })
  actor!: Account | null;
  @Field(() => ID, { nullable: true }) actorId!: string | null;
  @Field(() => String, { nullable: true }) actorLoginName!: string | null;
  @Field(() => Account, { nullable: true, description: "To whom." }) subject!: Account | null;
  @Field(() => ID, { nullable: true }) subjectId!: string | null;
  @Field(() => String, { nullable: true }) subjectLoginName!: string | null;
  @Field(() => CredentialType, { nullable: true }) credential!: CredentialType | null;
  @Field(() => String, { nullable: true }) ipAddress!: string | null;
  @Field(() => String, { nullable: true }) userAgent!: string | null;
  @Field(() => String) requestId!: string;
  @Field(() => [AuditDetail], { description: "Facts of this event, never a secret." })
  details!: readonly AuditDetail[];
}

@ObjectType({ simpleResolvers: true })
class AuditEventEdge {
  @Field(() => AuditEvent) node!: AuditEvent;
  @Field(() => String) cursor!: string;
}

@ObjectType({ simpleResolvers: true })
export class AuditEventConnection {
  @Field(() => [AuditEventEdge]) edges!: readonly AuditEventEdge[];
  @Field(() => [AuditEvent]) nodes!: readonly AuditEvent[];
  @Field(() => PageInfo) pageInfo!: PageInfo;
}

@InputType({ description: "accountId: as actor or as subject." })
export class AuditEventFilter {
  @Field(() => String, { nullable: true, description: "One of the closed set; any other is BAD_USER_INPUT." })
  action?: string | null;
  @Field(() => ID, { nullable: true }) accountId?: string | null;
  @Field(() => AuditLevel, { nullable: true }) level?: AuditLevel | null;
  @Field(() => AuditResult, { nullable: true }) result?: AuditResult | null;
  @Field(() => CredentialType, { nullable: true }) credential?: CredentialType | null;
  @Field(() => String, { nullable: true }) requestId?: string | null;
  @Field(() => DateTime, { nullable: true, description: "Events of this moment are among them." })
  from?: number | null;
  @Field(() => DateTime, { nullable: true, description: "Events of this moment are not among them." })
  to?: number | null;
}

@ArgsType()
export class AuditEventsArgs extends PageArgs {
  @Field(() => AuditEventFilter, { nullable: true }) filter?: AuditEventFilter | null;
}
