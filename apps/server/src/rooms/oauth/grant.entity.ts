import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from "typeorm";
import { AccountEntity } from "../accounts/account.entity.js";
import { OAuthClientEntity } from "./client.entity.js";

/** An application that an account allowed: what its owner sees and withdraws, and what a consent remembers. */
@Entity("oauth_grants")
@Index("oauth_grants_account_client", ["accountId", "clientId"], { unique: true })
export class OAuthGrantEntity {
  @PrimaryColumn({ type: "varchar", primaryKeyConstraintName: "oauth_grants_pk" }) id!: string;
  @Column({ name: "account_id", type: "varchar" }) accountId!: string;
  @ManyToOne(() => AccountEntity, { onDelete: "CASCADE" })
  @JoinColumn({ name: "account_id", foreignKeyConstraintName: "oauth_grants_account" })
  account?: AccountEntity;
  @Column({ name: "client_id", type: "varchar" }) clientId!: string;
  @ManyToOne(() => OAuthClientEntity, { onDelete: "CASCADE" })
  @JoinColumn({ name: "client_id", foreignKeyConstraintName: "oauth_grants_client" })
  client?: OAuthClientEntity;
  /** All that was allowed, parted by spaces. */
  @Column({ type: "text" }) scopes!: string;
  @Column({ name: "authorized_at", type: "bigint" }) authorizedAt!: number;
  @Column({ name: "last_used_at", type: "bigint", nullable: true }) lastUsedAt!: number | null;
}
