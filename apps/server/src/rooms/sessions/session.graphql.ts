import { Field, ID, Int, ObjectType } from "type-graphql";
import { Assurance } from "../../platform/access.js";
import { DateTime } from "../../platform/date-time.js";
import type { ViewerSession } from "../credentials/viewer.js";
import type { SecurityPolicy } from "../policy/policy.policy.js";
import { sessionExpiry } from "./session.policy.js";

@ObjectType({ simpleResolvers: true })
export class Session {
  @Field(() => ID) id!: string;
  @Field(() => Boolean) current!: boolean;
  @Field(() => Assurance) assurance!: Assurance;
  @Field(() => [String], { description: "pwd, otp, mfa (RFC 8176); recovery_code (ours)." })
  methods!: readonly string[];
  @Field(() => DateTime) authenticatedAt!: number;
  @Field(() => DateTime) createdAt!: number;
  @Field(() => DateTime) lastUsedAt!: number;
  @Field(() => DateTime) expiresAt!: number;
  @Field(() => String, { nullable: true }) ipAddress!: string | null;
  @Field(() => String, { nullable: true }) userAgent!: string | null;
}

/** Shows a session; it is the current one where the request came with it. */
export function toSession(session: ViewerSession, policy: SecurityPolicy, currentId: string | null): Session {
  const { id, assurance, authenticatedAt, createdAt, lastUsedAt, ipAddress, userAgent } = session;
  const methods = session.methods.split(" ").filter((method) => method !== "");
  const expiresAt = sessionExpiry(session, policy);
  const current = id === currentId;
  return {
    id,
    current,
    assurance,
    methods,
    authenticatedAt,
    createdAt,
    lastUsedAt,
    expiresAt,
    ipAddress,
    userAgent,
  };
}

@ObjectType({ simpleResolvers: true })
export class LoggedOut {
  readonly __typename = "LoggedOut";
  @Field(() => ID) id!: string;
}

@ObjectType({ simpleResolvers: true })
export class SessionRevoked {
  readonly __typename = "SessionRevoked";
  @Field(() => ID) id!: string;
}

@ObjectType({ simpleResolvers: true })
export class OtherSessionsRevoked {
  readonly __typename = "OtherSessionsRevoked";
  @Field(() => Int) count!: number;
}
