import { Ctx, Field, ObjectType, Query, Resolver } from "type-graphql";
import { Access, ANY_CREDENTIAL, CredentialType } from "../../platform/access.js";
import { words } from "../../platform/words/index.js";
import { Account, toAccount } from "../accounts/account.graphql.js";
import { Role } from "../accounts/account-kind.js";
import { TwoFactorRule } from "../policy/two-factor-rule.js";
import { TwoFactorState } from "../two-factor/two-factor.policy.js";
import {
  ALTERNATIVES,
  type CredentialCase,
  everyCredentialCase,
  judgeCredential,
} from "./credential.policy.js";
import { type Caller, localeOf } from "./viewer.js";

@ObjectType({ simpleResolvers: true })
class CredentialRule {
  @Field(() => CredentialType) credential!: CredentialType;
  @Field(() => TwoFactorState, {
    description: "The account's state, its role and the rule in force together decide.",
  })
  twoFactor!: TwoFactorState;
  @Field(() => Role) role!: Role;
  @Field(() => TwoFactorRule) rule!: TwoFactorRule;
  @Field(() => Boolean) accepted!: boolean;
  @Field(() => [CredentialType], {
    description: "Where a password is refused, what to use instead; empty where it is accepted.",
  })
  alternatives!: readonly CredentialType[];
  @Field(() => String) reason!: string;
}

@Resolver()
export class CredentialsResolver {
  @Query(() => Account, {
    nullable: true,
    description: "The account that asks; null where no credential was sent.",
  })
  @Access({ to: "PUBLIC", credentials: ANY_CREDENTIAL, scope: "account:read" })
  viewer(@Ctx() { viewer, app }: Caller): Account | null {
    return viewer === null ? null : toAccount(viewer, app.now());
  }

  @Query(() => [CredentialRule], {
    description:
      "The policy on credentials as data, for people: one row for each credential, two-factor state, rule and role. Guests and service accounts are judged as under OPTIONAL, but that REQUIRED refuses every password sent with a request.",
  })
  @Access({ to: "PUBLIC" })
  credentialRules(@Ctx() caller: Caller): CredentialRule[] {
    const { credentialRules } = words(localeOf(caller));
    return everyCredentialCase().map((each) => toRule(each, credentialRules));
  }
}

type Reasons = ReturnType<typeof words>["credentialRules"];

function toRule(each: CredentialCase, reasons: Reasons): CredentialRule {
  const { credential, twoFactor, role, rule } = each;
  const refusal = judgeCredential(each);
  const alternatives = refusal !== null && credential === "PASSWORD" ? ALTERNATIVES : [];
  return {
    credential,
    twoFactor,
    role,
    rule,
    accepted: refusal === null,
    alternatives,
    reason: reasonOf(each, reasons),
  };
}

function reasonOf(each: CredentialCase, reasons: Reasons): string {
  const refusal = judgeCredential(each);
  if (refusal === "TWO_FACTOR_ENABLED") return reasons.passwordWithTwoFactor;
  if (refusal === "TWO_FACTOR_REQUIRED")
    return each.credential === "PASSWORD" ? reasons.passwordWhereRequired : reasons.sessionWhereRequired;
  return each.rule === "FORBIDDEN" && each.twoFactor === "ENABLED" ? reasons.dormant : reasons.accepted;
}
