import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from "typeorm";
import { AccountEntity } from "../accounts/account.entity.js";

/** A reset of two-factor authentication that waits for a second administrator; an answer deletes it. */
@Entity("two_factor_reset_requests")
@Index("two_factor_reset_requests_by", ["accountId", "requestedBy"], { unique: true })
@Index("two_factor_reset_requests_expires_at", ["expiresAt"])
export class TwoFactorResetRequestEntity {
  @PrimaryColumn({ type: "varchar", primaryKeyConstraintName: "two_factor_reset_requests_pk" }) id!: string;
  @Column({ name: "account_id", type: "varchar" }) accountId!: string;
  @ManyToOne(() => AccountEntity, { onDelete: "CASCADE" })
  @JoinColumn({ name: "account_id", foreignKeyConstraintName: "two_factor_reset_requests_account" })
  account?: AccountEntity;
  @Column({ name: "requested_by", type: "varchar" }) requestedBy!: string;
  @ManyToOne(() => AccountEntity, { onDelete: "CASCADE" })
  @JoinColumn({ name: "requested_by", foreignKeyConstraintName: "two_factor_reset_requests_requester" })
  requester?: AccountEntity;
  @Column({ type: "text" }) reason!: string;
  /** Since when the factor that it is about was on: another one is none of its business. */
  @Column({ name: "two_factor_enabled_at", type: "bigint" }) twoFactorEnabledAt!: number;
  @Column({ name: "revoke_authorized_applications", type: "boolean" }) revokeAuthorizedApplications!: boolean;
  @Column({ name: "revoke_api_tokens", type: "boolean" }) revokeApiTokens!: boolean;
  @Column({ name: "requested_at", type: "bigint" }) requestedAt!: number;
  @Column({ name: "expires_at", type: "bigint" }) expiresAt!: number;
}
