import { Field, ObjectType } from "type-graphql";
import { Assurance, CredentialType } from "../../platform/access.js";
import { DateTime } from "../../platform/date-time.js";
import type { Caller } from "../credentials/viewer.js";
import { Session, toSession } from "./session.graphql.js";

@ObjectType({ simpleResolvers: true, description: "How the request being answered was authenticated." })
export class Authentication {
  @Field(() => CredentialType) credential!: CredentialType;
  @Field(() => Assurance) assurance!: Assurance;
  @Field(() => [String]) methods!: readonly string[];
  @Field(() => DateTime) authenticatedAt!: number;
  @Field(() => [String], {
    nullable: true,
    description:
      "What a token may do; null for a password or a session, which may do all that the account may.",
  })
  scopes!: readonly string[] | null;
  @Field(() => Session, { nullable: true }) session!: Session | null;
}

/** Shows how a request was authenticated; null where it was not. */
export function toAuthentication({ viewer }: Pick<Caller, "viewer">): Authentication | null {
  if (viewer === null) return null;
  const { credential, assurance, methods, authenticatedAt, scopes, policy } = viewer;
  const session = viewer.session === null ? null : toSession(viewer.session, policy, viewer.session.id);
  return { credential, assurance, methods, authenticatedAt, scopes, session };
}
