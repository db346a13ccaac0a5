import { Column, Entity, Index, PrimaryColumn } from "typeorm";
import type { AccountKind, Role } from "./account-kind.js";

/** An account with its counters of attempts; its row lock decides every race about it. */
@Entity("accounts")
@Index("accounts_login_name_key", ["loginNameKey"], { unique: true })
@Index("accounts_email_key", ["emailKey"])
@Index("accounts_role", ["role"])
export class AccountEntity {
  @PrimaryColumn({ type: "varchar", primaryKeyConstraintName: "accounts_pk" }) id!: string;
  @Column({ name: "login_name", type: "text" }) loginName!: string;
  /** The canonical form: NFKC, case folded. */
  @Column({ name: "login_name_key", type: "text" }) loginNameKey!: string;
  @Column({ name: "display_name", type: "text" }) displayName!: string;
  /** As it is searched: folded like a login name. */
  @Column({ name: "display_name_key", type: "text", default: "" }) displayNameKey!: string;
  @Column({ name: "email_address", type: "text", nullable: true }) emailAddress!: string | null;
  @Column({ name: "email_key", type: "text", nullable: true }) emailKey!: string | null;
  @Column({ type: "varchar" }) locale!: string;
  @Column({ type: "varchar" }) kind!: AccountKind;
  @Column({ type: "varchar" }) role!: Role;
  @Column({ name: "role_changed_at", type: "bigint" }) roleChangedAt!: number;
  @Column({ name: "suspended_at", type: "bigint", nullable: true }) suspendedAt!: number | null;
  @Column({ name: "password_hash", type: "text", nullable: true }) passwordHash!: string | null;
  @Column({ name: "failed_attempts", type: "integer" }) failedAttempts!: number;
  /** Attempts taken and not yet decided; see attempts.policy. */
  @Column({ name: "undecided_attempts", type: "text" }) undecidedAttempts!: string;
  @Column({ name: "locked_at", type: "bigint", nullable: true }) lockedAt!: number | null;
  @Column({ name: "locked_until", type: "bigint", nullable: true }) lockedUntil!: number | null;
  /** Wrong verification codes since the last right one. */
  @Column({ name: "wrong_codes", type: "integer" }) wrongCodes!: number;
  @Column({ name: "two_factor_enabled_at", type: "bigint", nullable: true }) twoFactorEnabledAt!:
    | number
    | null;
  /** Grows with each change of password, factors, role or status; a login that began before it starts again. */
  @Column({ type: "integer" }) stamp!: number;
  @Column({ name: "warned_wrong_code_at", type: "bigint", nullable: true }) warnedWrongCodeAt!: number | null;
  @Column({ name: "warned_password_refused_at", type: "bigint", nullable: true }) warnedPasswordRefusedAt!:
    | number
    | null;
  @Column({ name: "warned_enrollment_at", type: "bigint", nullable: true }) warnedEnrollmentAt!:
    | number
    | null;
  @Column({ name: "last_login_at", type: "bigint", nullable: true }) lastLoginAt!: number | null;
  /** When a password sent with a request was last accepted. */
  @Column({ name: "last_password_call_at", type: "bigint", nullable: true }) lastPasswordCallAt!:
    | number
    | null;
  @Column({ name: "created_at", type: "bigint" }) createdAt!: number;
}
