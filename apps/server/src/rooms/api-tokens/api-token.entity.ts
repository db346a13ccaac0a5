import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from "typeorm";
import type { Assurance } from "../../platform/access.js";
import { AccountEntity } from "../accounts/account.entity.js";

/** A token that an account made for a script or a service. */
@Entity("api_tokens")
@Index("api_tokens_token_hash", ["tokenHash"], { unique: true })
@Index("api_tokens_account_id", ["accountId"])
export class ApiTokenEntity {
  @PrimaryColumn({ type: "varchar", primaryKeyConstraintName: "api_tokens_pk" }) id!: string;
  @Column({ name: "token_hash", type: "varchar" }) tokenHash!: string;
  @Column({ name: "account_id", type: "varchar" }) accountId!: string;
  @ManyToOne(() => AccountEntity, { onDelete: "CASCADE" })
  @JoinColumn({ name: "account_id", foreignKeyConstraintName: "api_tokens_account" })
  account?: AccountEntity;
  @Column({ type: "text" }) name!: string;
  @Column({ type: "varchar" }) prefix!: string;
  /** Parted by spaces. */
  @Column({ type: "text" }) scopes!: string;
  @Column({ type: "varchar" }) assurance!: Assurance;
  @Column({ name: "created_at", type: "bigint" }) createdAt!: number;
  @Column({ name: "expires_at", type: "bigint", nullable: true }) expiresAt!: number | null;
  @Column({ name: "last_used_at", type: "bigint", nullable: true }) lastUsedAt!: number | null;
}
