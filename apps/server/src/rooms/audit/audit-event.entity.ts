import { Column, Entity, Index, PrimaryColumn } from "typeorm";

/** One thing that happened. Ids and names outlive the accounts that they name. */
@Entity("audit_events")
@Index("audit_events_at", ["at", "id"])
export class AuditEventEntity {
  @PrimaryColumn({ type: "varchar", primaryKeyConstraintName: "audit_events_pk" }) id!: string;
  @Column({ type: "bigint" }) at!: number;
  @Column({ type: "varchar" }) action!: string;
  @Column({ type: "varchar" }) level!: string;
  @Column({ type: "varchar" }) result!: string;
  @Column({ name: "actor_id", type: "varchar", nullable: true }) actorId!: string | null;
  @Column({ name: "actor_login_name", type: "text", nullable: true }) actorLoginName!: string | null;
  @Column({ name: "subject_id", type: "varchar", nullable: true }) subjectId!: string | null;
  @Column({ name: "subject_login_name", type: "text", nullable: true }) subjectLoginName!: string | null;
  @Column({ type: "varchar", nullable: true }) credential!: string | null;
  @Column({ name: "ip_address", type: "varchar", nullable: true }) ipAddress!: string | null;
  @Column({ name: "user_agent", type: "text", nullable: true }) userAgent!: string | null;
  @Column({ name: "request_id", type: "varchar" }) requestId!: string;
  /** A JSON object of texts; never a secret. */
  @Column({ type: "text" }) details!: string;
}
