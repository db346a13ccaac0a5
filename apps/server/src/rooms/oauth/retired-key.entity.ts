import { Column, Entity, PrimaryColumn } from "typeorm";

/** The public half of a key that signed ID tokens: clients send them back as hints long after. */
@Entity("oauth_retired_keys")
export class RetiredKeyEntity {
  /** `kid`. */
  @PrimaryColumn({ type: "varchar", primaryKeyConstraintName: "oauth_retired_keys_pk" }) id!: string;
  @Column({ type: "varchar" }) algorithm!: "RS256" | "ES256";
  /** As a JSON Web Key. */
  @Column({ name: "public_key", type: "text" }) publicKey!: string;
  @Column({ name: "hints_until", type: "bigint" }) hintsUntil!: number;
}
