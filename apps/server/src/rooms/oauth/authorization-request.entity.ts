import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from "typeorm";
import { AccountEntity } from "../accounts/account.entity.js";
import { OAuthClientEntity } from "./client.entity.js";

/** A request of a client that an account has seen: for whom nobody knows, nothing is kept. */
@Entity("oauth_authorization_requests")
@Index("oauth_authorization_requests_expires_at", ["expiresAt"])
export class AuthorizationRequestEntity {
  @PrimaryColumn({ type: "varchar", primaryKeyConstraintName: "oauth_authorization_requests_pk" })
  id!: string;
  @Column({ name: "client_id", type: "varchar" }) clientId!: string;
  @ManyToOne(() => OAuthClientEntity, { onDelete: "CASCADE" })
  @JoinColumn({ name: "client_id", foreignKeyConstraintName: "oauth_authorization_requests_client" })
  client?: OAuthClientEntity;
  /** Of the browser that brought it: no other may answer it. */
  @Column({ name: "browser_hash", type: "varchar" }) browserHash!: string;
  /** Who saw it first: no other may answer it. */
  @Column({ name: "account_id", type: "varchar" }) accountId!: string;
  @ManyToOne(() => AccountEntity, { onDelete: "CASCADE" })
  @JoinColumn({ name: "account_id", foreignKeyConstraintName: "oauth_authorization_requests_account" })
  account?: AccountEntity;
  /** As JSON. */
  @Column({ type: "text" }) request!: string;
  @Column({ name: "expires_at", type: "bigint" }) expiresAt!: number;
  /** Whether it was answered, or may be no more; it stays until it expires, so that it is not kept anew. */
  @Column({ type: "boolean" }) closed!: boolean;
}
