import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from "typeorm";
import type { SealedSecret } from "../../../platform/vault.js";
import { AccountEntity } from "../../accounts/account.entity.js";

/** A confirmed authenticator app: its sealed secret, and the last time step that was used. */
@Entity("authenticators")
@Index("authenticators_account_id", ["accountId"])
export class AuthenticatorEntity {
  @PrimaryColumn({ type: "varchar", primaryKeyConstraintName: "authenticators_pk" }) id!: string;
  @Column({ name: "account_id", type: "varchar" }) accountId!: string;
  @ManyToOne(() => AccountEntity, { onDelete: "CASCADE" })
  @JoinColumn({ name: "account_id", foreignKeyConstraintName: "authenticators_account" })
  account?: AccountEntity;
  @Column({ type: "text" }) name!: string;
  @Column({ name: "sealed_secret", type: "text" }) sealedSecret!: SealedSecret;
  @Column({ name: "last_used_step", type: "bigint" }) lastUsedStep!: number;
  @Column({ name: "last_used_at", type: "bigint", nullable: true }) lastUsedAt!: number | null;
  @Column({ name: "created_at", type: "bigint" }) createdAt!: number;
}
