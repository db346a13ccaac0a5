import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from "typeorm";
import type { SealedSecret } from "../../../platform/vault.js";
import { AccountEntity } from "../../accounts/account.entity.js";

/** A secret that waits for its first code; it changes nothing until then. One an account. */
@Entity("totp_enrollments")
@Index("totp_enrollments_account_id", ["accountId"], { unique: true })
@Index("totp_enrollments_expires_at", ["expiresAt"])
export class TotpEnrollmentEntity {
  @PrimaryColumn({ type: "varchar", primaryKeyConstraintName: "totp_enrollments_pk" }) id!: string;
  @Column({ name: "account_id", type: "varchar" }) accountId!: string;
  @ManyToOne(() => AccountEntity, { onDelete: "CASCADE" })
  @JoinColumn({ name: "account_id", foreignKeyConstraintName: "totp_enrollments_account" })
  account?: AccountEntity;
  /** The session that began it: no other confirms it. */
  @Column({ name: "session_id", type: "varchar" }) sessionId!: string;
  @Column({ type: "text" }) name!: string;
  @Column({ name: "sealed_secret", type: "text" }) sealedSecret!: SealedSecret;
  @Column({ name: "wrong_codes", type: "integer" }) wrongCodes!: number;
  @Column({ name: "created_at", type: "bigint" }) createdAt!: number;
  @Column({ name: "expires_at", type: "bigint" }) expiresAt!: number;
}
