import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from "typeorm";
import type { Assurance } from "../../platform/access.js";
import { OAuthGrantEntity } from "./grant.entity.js";

/** One answer of a person to one request: a code, and the family of the tokens that come out of it. */
@Entity("oauth_authorizations")
@Index("oauth_authorizations_code_hash", ["codeHash"], { unique: true })
@Index("oauth_authorizations_grant_id", ["grantId"])
export class OAuthAuthorizationEntity {
  @PrimaryColumn({ type: "varchar", primaryKeyConstraintName: "oauth_authorizations_pk" }) id!: string;
  @Column({ name: "grant_id", type: "varchar" }) grantId!: string;
  @ManyToOne(() => OAuthGrantEntity, { onDelete: "CASCADE" })
  @JoinColumn({ name: "grant_id", foreignKeyConstraintName: "oauth_authorizations_grant" })
  grant?: OAuthGrantEntity;
  @Column({ name: "client_id", type: "varchar" }) clientId!: string;
  @Column({ name: "account_id", type: "varchar" }) accountId!: string;
  /** Parted by spaces. */
  @Column({ type: "text" }) scopes!: string;
  @Column({ name: "redirect_uri", type: "text" }) redirectUri!: string;
  @Column({ name: "code_challenge", type: "varchar" }) codeChallenge!: string;
  @Column({ type: "text", nullable: true }) nonce!: string | null;
  /** Of the login: what it is worth now, the account's second factor decides too. */
  @Column({ type: "varchar" }) assurance!: Assurance;
  @Column({ type: "varchar" }) methods!: string;
  @Column({ name: "authenticated_at", type: "bigint" }) authenticatedAt!: number;
  @Column({ name: "code_hash", type: "varchar" }) codeHash!: string;
  @Column({ name: "code_expires_at", type: "bigint" }) codeExpiresAt!: number;
  /** Whether the code was shown. */
  @Column({ type: "boolean" }) redeemed!: boolean;
  @Column({ name: "created_at", type: "bigint" }) createdAt!: number;
}
