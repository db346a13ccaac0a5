import { Column, Entity, PrimaryColumn } from "typeorm";
import type { TwoFactorRule } from "./two-factor-rule.js";

/** The organization's security policy: one row, made at the first start. */
@Entity("security_policy")
export class SecurityPolicyEntity {
  @PrimaryColumn({ type: "integer", primaryKeyConstraintName: "security_policy_pk" }) id!: number;
  @Column({ name: "two_factor", type: "varchar" }) twoFactor!: TwoFactorRule;
  @Column({ name: "two_factor_changed_at", type: "bigint" }) twoFactorChangedAt!: number;
  @Column({ name: "two_factor_required_from", type: "bigint", nullable: true }) twoFactorRequiredFrom!:
    | number
    | null;
  /** The day of the first start, yyyy-mm-dd. */
  @Column({ name: "first_started_on", type: "varchar" }) firstStartedOn!: string;
  /** The same, or what the configuration says instead; written at every start. */
  @Column({ name: "trial_started_on", type: "varchar" }) trialStartedOn!: string;
  @Column({ name: "maximum_failed_attempts", type: "integer" }) maximumFailedAttempts!: number;
  @Column({ name: "lockout_minutes", type: "integer", nullable: true }) lockoutMinutes!: number | null;
  @Column({ name: "session_idle_seconds", type: "integer" }) sessionIdleSeconds!: number;
  @Column({ name: "session_lifetime_seconds", type: "integer" }) sessionLifetimeSeconds!: number;
  @Column({ name: "password_minimum_length", type: "integer" }) passwordMinimumLength!: number;
  @Column({ name: "reset_needs_approval", type: "boolean" }) resetNeedsApproval!: boolean;
  /** Grows with each change; a login that began under an older version starts again. */
  @Column({ type: "integer" }) version!: number;
}
