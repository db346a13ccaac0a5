import { Column, Entity, PrimaryColumn } from "typeorm";
import type { SealedSecret } from "../../platform/vault.js";

/** A key that signs ID tokens. */
@Entity("oauth_signing_keys")
export class SigningKeyEntity {
  /** `kid`. */
  @PrimaryColumn({ type: "varchar", primaryKeyConstraintName: "oauth_signing_keys_pk" }) id!: string;
  @Column({ type: "varchar" }) algorithm!: "RS256" | "ES256";
  @Column({ name: "sealed_private_key", type: "text" }) sealedPrivateKey!: SealedSecret;
  @Column({ name: "signs_from", type: "bigint" }) signsFrom!: number;
}
