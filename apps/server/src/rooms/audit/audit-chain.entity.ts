import { Column, Entity, PrimaryColumn } from "typeorm";

/** The end of the chain of audit events: one row, whose lock makes sealers come one after the other. */
@Entity("audit_chain")
export class AuditChainEntity {
  @PrimaryColumn({ type: "integer", primaryKeyConstraintName: "audit_chain_pk" }) id!: number;
  /** How many events are sealed. */
  @Column({ type: "bigint" }) sequence!: number;
  /** The hash of the last of them, base64url. */
  @Column({ type: "varchar" }) hash!: string;
}
