import { Column, Entity, Index, PrimaryColumn } from "typeorm";

/** The counters of a login name that no account bears, so that it locks like one that exists. Swept after a day. */
@Entity("unknown_login_names")
@Index("unknown_login_names_updated_at", ["updatedAt"])
export class UnknownLoginNameEntity {
  /** A keyed hash of the name. */
  @PrimaryColumn({ type: "varchar", primaryKeyConstraintName: "unknown_login_names_pk" }) id!: string;
  @Column({ name: "failed_attempts", type: "integer" }) failedAttempts!: number;
  @Column({ name: "undecided_attempts", type: "text" }) undecidedAttempts!: string;
  @Column({ name: "locked_at", type: "bigint", nullable: true }) lockedAt!: number | null;
  @Column({ name: "locked_until", type: "bigint", nullable: true }) lockedUntil!: number | null;
  @Column({ name: "updated_at", type: "bigint" }) updatedAt!: number;
}
