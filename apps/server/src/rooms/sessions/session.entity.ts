import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from "typeorm";
import type { Assurance } from "../../platform/access.js";
import { AccountEntity } from "../accounts/account.entity.js";

/** A login that goes on. When it ends by time is the policy's to say. */
@Entity("sessions")
@Index("sessions_token_hash", ["tokenHash"], { unique: true })
@Index("sessions_account_id", ["accountId"])
@Index("sessions_last_used_at", ["lastUsedAt"])
export class SessionEntity {
  @PrimaryColumn({ type: "varchar", primaryKeyConstraintName: "sessions_pk" }) id!: string;
  @Column({ name: "token_hash", type: "varchar" }) tokenHash!: string;
  @Column({ name: "account_id", type: "varchar" }) accountId!: string;
  @ManyToOne(() => AccountEntity, { onDelete: "CASCADE" })
  @JoinColumn({ name: "account_id", foreignKeyConstraintName: "sessions_account" })
  account?: AccountEntity;
  @Column({ type: "varchar" }) assurance!: Assurance;
  /** Names of RFC 8176, and recovery_code, parted by spaces. */
  @Column({ type: "varchar" }) methods!: string;
  @Column({ name: "authenticated_at", type: "bigint" }) authenticatedAt!: number;
  @Column({ name: "created_at", type: "bigint" }) createdAt!: number;
  @Column({ name: "last_used_at", type: "bigint" }) lastUsedAt!: number;
  @Column({ name: "ip_address", type: "varchar", nullable: true }) ipAddress!: string | null;
  @Column({ name: "user_agent", type: "text", nullable: true }) userAgent!: string | null;
  /** Whether its token went out as a cookie, as its renewals will. */
  @Column({ name: "use_cookie", type: "boolean" }) useCookie!: boolean;
}
