import { Column, Entity, Index, PrimaryColumn } from "typeorm";

/** One thing that happened. Ids and names outlive the accounts that they name. */
@Entity("audit_events")
@Index("audit_events_at", ["at", "id"])
@Index("audit_events_actor_id", ["actorId", "at"])
@Index("audit_events_subject_id", ["subjectId", "at"])
@Index("audit_events_action", ["action", "at"])
@Index("audit_events_request_id", ["requestId"])
@Index("audit_events_sequence", ["sequence"], { unique: true, where: "sequence IS NOT NULL" })
@Index("audit_events_unsealed", ["at", "id"], { where: "sequence IS NULL" })
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
  /** Its place in the chain, from 1; null until it was sealed. */
  @Column({ type: "bigint", nullable: true }) sequence!: number | null;
  /** SHA-256 of the hash before it and of this event, base64url; null until it was sealed. */
  @Column({ type: "varchar", nullable: true }) hash!: string | null;
}
