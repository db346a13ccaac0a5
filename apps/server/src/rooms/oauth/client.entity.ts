import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn } from "typeorm";
import { AccountEntity } from "../accounts/account.entity.js";

/** An application of a third party, as an administrator registered it. */
@Entity("oauth_clients")
export class OAuthClientEntity {
  /** The client_id. */
  @PrimaryColumn({ type: "varchar", primaryKeyConstraintName: "oauth_clients_pk" }) id!: string;
  @Column({ type: "text" }) name!: string;
  /** Null for a public client, which has no secret. */
  @Column({ name: "secret_hash", type: "varchar", nullable: true }) secretHash!: string | null;
  /** Parted by spaces, which no address has. */
  @Column({ name: "redirect_uris", type: "text" }) redirectUris!: string;
  /** By their wire names, parted by spaces. */
  @Column({ name: "grant_types", type: "varchar" }) grantTypes!: string;
  /** Parted by spaces. */
  @Column({ type: "text" }) scopes!: string;
  @Column({ type: "varchar" }) access!: "EVERYONE" | "LISTED";
  @Column({ name: "service_account_id", type: "varchar", nullable: true }) serviceAccountId!: string | null;
  @ManyToOne(() => AccountEntity, { onDelete: "SET NULL" })
  @JoinColumn({ name: "service_account_id", foreignKeyConstraintName: "oauth_clients_service_account" })
  serviceAccount?: AccountEntity;
  @Column({ name: "id_token_algorithm", type: "varchar" }) idTokenAlgorithm!: "RS256" | "ES256";
  @Column({ type: "boolean" }) enabled!: boolean;
  @Column({ name: "created_at", type: "bigint" }) createdAt!: number;
}
