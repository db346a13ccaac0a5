import {
  Ctx,
  Field,
  FieldResolver,
  ID,
  Int,
  ObjectType,
  Resolver,
  Root,
  registerEnumType,
} from "type-graphql";
import { Access, OWNED } from "../../platform/access.js";
import type { Door } from "../../platform/context.js";
import { DateTime } from "../../platform/date-time.js";
import { loadTogether } from "../../platform/loader.js";
import { Account } from "../accounts/account.graphql.js";
import { CODE_BUDGET } from "../accounts/attempts.policy.js";
import { countRecoveryCodesOf } from "./recovery-codes/recovery-code.repository.js";
import type { AuthenticatorEntity } from "./totp/authenticator.entity.js";
import { listAuthenticatorsOf } from "./totp/authenticator.repository.js";
import {
  TwoFactorAvailability,
  TwoFactorState,
  twoFactorAvailability,
  twoFactorRequiredFrom,
  twoFactorState,
} from "./two-factor.policy.js";

registerEnumType(TwoFactorState, {
  name: "TwoFactorState",
  description:
    "ENABLED: there is a confirmed authenticator, dormant or not; `availability: NOT_ALLOWED` then says dormant.",
});
registerEnumType(TwoFactorAvailability, {
  name: "TwoFactorAvailability",
  valuesConfig: {
    NOT_ALLOWED: { description: "The security policy does not allow it." },
    TRIAL_TOO_OLD: {
      description:
        "The organization's trial began before two-factor authentication was offered (2019-09-08).",
    },
    ACCOUNT_KIND: {
      description: "Two-factor is for people of the organization; guests and service accounts have none.",
    },
  },
});

@ObjectType({ simpleResolvers: true })
export class Authenticator {
  @Field(() => ID) id!: string;
  @Field(() => String) name!: string;
  @Field(() => DateTime) createdAt!: number;
  @Field(() => DateTime, { nullable: true }) lastUsedAt!: number | null;
}

/** Shows an authenticator, without its secret. */
export function toAuthenticator({ id, name, createdAt, lastUsedAt }: AuthenticatorEntity): Authenticator {
  return { id, name, createdAt, lastUsedAt };
}

@ObjectType({ simpleResolvers: true })
export class TwoFactor {
  @Field(() => TwoFactorState) state!: TwoFactorState;
  @Field(() => TwoFactorAvailability) availability!: TwoFactorAvailability;
  @Field(() => DateTime, { nullable: true }) enabledAt!: number | null;
  @Field(() => Boolean, {
    description: "100 wrong codes since the last right one: only a recovery code or an administrator helps.",
  })
  verificationCodesExhausted!: boolean;
  @Field(() => DateTime, {
    nullable: true,
    description:
      "From when the policy asks this account for a second factor that it does not have; null where it does not.",
  })
  requiredFrom!: number | null;
  /** Whose it is; GraphQL does not see it. */
  source!: Account["source"];
}

@Resolver(() => Account)
export class AccountTwoFactorResolver {
  @FieldResolver(() => TwoFactor)
  twoFactor(@Root() { source }: Account): TwoFactor {
    const { account, policy } = source;
    return {
      state: twoFactorState(account),
      availability: twoFactorAvailability(account, policy),
      enabledAt: account.twoFactorEnabledAt,
      verificationCodesExhausted: account.wrongCodes >= CODE_BUDGET,
      requiredFrom: twoFactorRequiredFrom(account, policy),
      source,
    };
  }
}

@Resolver(() => TwoFactor)
export class TwoFactorResolver {
  @FieldResolver(() => [Authenticator], { nullable: true, description: "At most five." })
  @Access({ to: "VIEWER", credentials: ["SESSION", "API_TOKEN"], scope: "account:read" }, OWNED)
  async authenticators(
    @Root() { source }: TwoFactor,
    @Ctx() { app, request }: Door,
  ): Promise<Authenticator[]> {
    const asked = { kind: listAuthenticatorsOf, key: source.account.id };
    const found = await loadTogether(request, asked, async (ids) => {
      const all = await listAuthenticatorsOf(app.db.read, ids);
      return ids.map((id) => all.filter(({ accountId }) => accountId === id));
    });
    return found.map(toAuthenticator);
  }

  @FieldResolver(() => Int, { nullable: true })
  @Access({ to: "VIEWER", credentials: ["SESSION", "API_TOKEN"], scope: "account:read" }, OWNED)
  async recoveryCodesRemaining(
    @Root() { source }: TwoFactor,
    @Ctx() { app, request }: Door,
  ): Promise<number> {
    const asked = { kind: countRecoveryCodesOf, key: source.account.id };
    return await loadTogether(request, asked, async (ids) => {
      const counts = await countRecoveryCodesOf(app.db.read, ids);
      return ids.map((id) => counts.get(id) ?? 0);
    });
  }
}
