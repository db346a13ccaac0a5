import { Entity, JoinColumn, ManyToOne, PrimaryColumn } from "typeorm";
import { AccountEntity } from "../accounts/account.entity.js";
import { OAuthClientEntity } from "./client.entity.js";

/** An account on the list of a client that not everyone may authorize. */
@Entity("oauth_client_accounts")
export class OAuthClientAccountEntity {
  @PrimaryColumn({
    ...{ name: "client_id", type: "varchar", primaryKeyConstraintName: "oauth_client_accounts_pk" },
  })
  clientId!: string;
  @ManyToOne(() => OAuthClientEntity, { onDelete: "CASCADE" })
  @JoinColumn({ name: "client_id", foreignKeyConstraintName: "oauth_client_accounts_client" })
  client?: OAuthClientEntity;
  @PrimaryColumn({
    ...{ name: "account_id", type: "varchar", primaryKeyConstraintName: "oauth_client_accounts_pk" },
  })
  accountId!: string;
  @ManyToOne(() => AccountEntity, { onDelete: "CASCADE" })
  @JoinColumn({ name: "account_id", foreignKeyConstraintName: "oauth_client_accounts_account" })
  account?: AccountEntity;
}
