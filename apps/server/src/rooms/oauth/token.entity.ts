import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from "typeorm";
import { AccountEntity } from "../accounts/account.entity.js";
import { OAuthAuthorizationEntity } from "./authorization.entity.js";
import { OAuthClientEntity } from "./client.entity.js";

/** An access token or a refresh token. */
@Entity("oauth_tokens")
@Index("oauth_tokens_authorization_id", ["authorizationId"])
@Index("oauth_tokens_account_id", ["accountId"])
@Index("oauth_tokens_client_id", ["clientId"])
@Index("oauth_tokens_expires_at", ["expiresAt"])
export class OAuthTokenEntity {
  /** The token's hash. */
  @PrimaryColumn({
    ...{ name: "token_hash", type: "varchar", primaryKeyConstraintName: "oauth_tokens_pk" },
  })
  id!: string;
  @Column({ type: "varchar" }) kind!: "access" | "refresh";
  @Column({ name: "client_id", type: "varchar" }) clientId!: string;
  @ManyToOne(() => OAuthClientEntity, { onDelete: "CASCADE" })
  @JoinColumn({ name: "client_id", foreignKeyConstraintName: "oauth_tokens_client" })
  client?: OAuthClientEntity;
  @Column({ name: "account_id", type: "varchar" }) accountId!: string;
  @ManyToOne(() => AccountEntity, { onDelete: "CASCADE" })
  @JoinColumn({ name: "account_id", foreignKeyConstraintName: "oauth_tokens_account" })
  account?: AccountEntity;
  /** Null for a machine's token. */
  @Column({ name: "authorization_id", type: "varchar", nullable: true }) authorizationId!: string | null;
  @ManyToOne(() => OAuthAuthorizationEntity, { onDelete: "CASCADE" })
  @JoinColumn({ name: "authorization_id", foreignKeyConstraintName: "oauth_tokens_authorization" })
  authorization?: OAuthAuthorizationEntity;
  /** Parted by spaces. */
  @Column({ type: "text" }) scopes!: string;
  @Column({ name: "created_at", type: "bigint" }) createdAt!: number;
  @Column({ name: "expires_at", type: "bigint" }) expiresAt!: number;
  /** Whether a refresh token was used; it stays, so that its second use is seen. */
  @Column({ type: "boolean" }) spent!: boolean;
}
