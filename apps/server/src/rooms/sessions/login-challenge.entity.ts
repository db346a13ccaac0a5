import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from "typeorm";
import type { SealedSecret } from "../../platform/vault.js";
import { AccountEntity } from "../accounts/account.entity.js";

/** A login whose password was right and whose second factor is awaited. It authenticates nothing but its completion. */
@Entity("login_challenges")
@Index("login_challenges_token_hash", ["tokenHash"], { unique: true })
@Index("login_challenges_account_id", ["accountId"])
@Index("login_challenges_expires_at", ["expiresAt"])
export class LoginChallengeEntity {
  @PrimaryColumn({ type: "varchar", primaryKeyConstraintName: "login_challenges_pk" }) id!: string;
  @Column({ name: "token_hash", type: "varchar" }) tokenHash!: string;
  @Column({ name: "account_id", type: "varchar" }) accountId!: string;
  @ManyToOne(() => AccountEntity, { onDelete: "CASCADE" })
  @JoinColumn({ name: "account_id", foreignKeyConstraintName: "login_challenges_account" })
  account?: AccountEntity;
  /** The account's stamp and the policy's version when the password was right: a change of either ends it. */
  @Column({ name: "account_stamp", type: "integer" }) accountStamp!: number;
  @Column({ name: "policy_version", type: "integer" }) policyVersion!: number;
  @Column({ name: "use_cookie", type: "boolean" }) useCookie!: boolean;
  @Column({ name: "wrong_codes", type: "integer" }) wrongCodes!: number;
  /** The secret of an enrollment that this login carries; null where the account has a factor. */
  @Column({ name: "sealed_secret", type: "text", nullable: true }) sealedSecret!: SealedSecret | null;
  @Column({ name: "expires_at", type: "bigint" }) expiresAt!: number;
}
