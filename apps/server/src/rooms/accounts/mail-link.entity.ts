import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from "typeorm";
import { AccountEntity } from "./account.entity.js";

/** A link that was mailed: to set a password, or to confirm an address. The newest of its purpose alone works. */
@Entity("mail_links")
@Index("mail_links_token_hash", ["tokenHash"], { unique: true })
@Index("mail_links_account_id", ["accountId"])
@Index("mail_links_expires_at", ["expiresAt"])
export class MailLinkEntity {
  @PrimaryColumn({ type: "varchar", primaryKeyConstraintName: "mail_links_pk" }) id!: string;
  @Column({ name: "token_hash", type: "varchar" }) tokenHash!: string;
  @Column({ name: "account_id", type: "varchar" }) accountId!: string;
  @ManyToOne(() => AccountEntity, { onDelete: "CASCADE" })
  @JoinColumn({ name: "account_id", foreignKeyConstraintName: "mail_links_account" })
  account?: AccountEntity;
  @Column({ type: "varchar" }) purpose!: string;
  /** The address that it proves; null for a password. */
  @Column({ name: "email_address", type: "text", nullable: true }) emailAddress!: string | null;
  @Column({ name: "created_at", type: "bigint" }) createdAt!: number;
  @Column({ name: "expires_at", type: "bigint" }) expiresAt!: number;
  /** When a newer link, its use or a change of the account ended it; its row stays to be counted for an hour. */
  @Column({ name: "ended_at", type: "bigint", nullable: true }) endedAt!: number | null;
}
