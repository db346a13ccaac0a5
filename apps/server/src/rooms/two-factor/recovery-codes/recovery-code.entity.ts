import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from "typeorm";
import { AccountEntity } from "../../accounts/account.entity.js";

/** A recovery code that was not used yet. */
@Entity("recovery_codes")
@Index("recovery_codes_account_id", ["accountId"])
export class RecoveryCodeEntity {
  /** The code's digest, bound to its account. */
  @PrimaryColumn({ type: "varchar", primaryKeyConstraintName: "recovery_codes_pk" }) id!: string;
  @Column({ name: "account_id", type: "varchar" }) accountId!: string;
  @ManyToOne(() => AccountEntity, { onDelete: "CASCADE" })
  @JoinColumn({ name: "account_id", foreignKeyConstraintName: "recovery_codes_account" })
  account?: AccountEntity;
}
