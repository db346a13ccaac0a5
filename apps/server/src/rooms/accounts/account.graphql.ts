import { Field, ID, ObjectType, registerEnumType } from "type-graphql";
import { DateTime } from "../../platform/date-time.js";
import type { AccountEntity } from "./account.entity.js";
import { isLocked } from "./account.policy.js";
import type { AccountAndPolicy } from "./account.repository.js";
import { AccountKind, Role } from "./account-kind.js";

export const AccountStatus = { ACTIVE: "ACTIVE", SUSPENDED: "SUSPENDED" } as const;
export type AccountStatus = keyof typeof AccountStatus;

registerEnumType(Role, { name: "Role" });
registerEnumType(AccountStatus, { name: "AccountStatus" });
registerEnumType(AccountKind, {
  name: "AccountKind",
  valuesConfig: {
    SERVICE: { description: "For programs: no password, no login, only API tokens and client credentials." },
    GUEST: {
      description:
        "From outside the organization: logs in by password alone, also where two-factor is required; never an administrator.",
    },
  },
});

@ObjectType({ simpleResolvers: true })
export class Account {
  @Field(() => ID) id!: string;
  @Field(() => String) loginName!: string;
  @Field(() => String) displayName!: string;
  @Field(() => String, { nullable: true }) emailAddress!: string | null;
  @Field(() => String) locale!: string;
  @Field(() => AccountKind) kind!: AccountKind;
  @Field(() => Role) role!: Role;
  @Field(() => AccountStatus) status!: AccountStatus;
  @Field(() => Boolean, { description: "Too many failed attempts: neither password nor code is compared." })
  locked!: boolean;
  @Field(() => DateTime, {
    nullable: true,
    description: "Null where not locked, or locked until an administrator unlocks it.",
  })
  lockedUntil!: number | null;
  @Field(() => DateTime) createdAt!: number;
  @Field(() => DateTime, { nullable: true }) lastLoginAt!: number | null;
  /** What the rooms above add their fields from; GraphQL does not see it. */
  source!: AccountAndPolicy & { readonly now: number };
}

/** Shows an account: every field by name, so that no secret column can slip through. */
export function toAccount({ account, policy }: AccountAndPolicy, now: number): Account {
  const locked = isLocked(account, account.role, now);
  return {
    id: account.id,
    loginName: account.loginName,
    displayName: account.displayName,
    emailAddress: account.emailAddress,
    locale: account.locale,
    kind: account.kind,
    role: account.role,
    status: account.suspendedAt === null ? "ACTIVE" : "SUSPENDED",
    locked,
    lockedUntil: locked ? account.lockedUntil : null,
    createdAt: account.createdAt,
    lastLoginAt: account.lastLoginAt,
    source: { account, policy, now },
  };
}

/** The owner of what hangs below an account, for `@access`. */
export function ownerOf({ source }: { source: { account: Pick<AccountEntity, "id"> } }): string {
  return source.account.id;
}
