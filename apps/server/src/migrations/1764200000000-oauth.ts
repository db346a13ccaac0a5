import type { MigrationInterface, QueryRunner } from "typeorm";

const TABLES = [
  "oauth_signing_keys",
  "oauth_authorization_requests",
  "oauth_tokens",
  "oauth_authorizations",
  "oauth_grants",
  "oauth_client_accounts",
  "oauth_clients",
];

const STATEMENTS = [
  `CREATE TABLE oauth_clients (
    id varchar NOT NULL,
    name text NOT NULL,
    secret_hash varchar,
    redirect_uris text NOT NULL,
    grant_types varchar NOT NULL,
    scopes text NOT NULL,
    access varchar NOT NULL,
    service_account_id varchar,
    id_token_algorithm varchar NOT NULL,
    enabled boolean NOT NULL,
    created_at bigint NOT NULL,
    CONSTRAINT oauth_clients_pk PRIMARY KEY (id),
    CONSTRAINT "oauth_clients_service_account" FOREIGN KEY ("service_account_id") REFERENCES "accounts" ("id") ON DELETE SET NULL
  )`,
  `CREATE TABLE oauth_client_accounts (
    client_id varchar NOT NULL,
    account_id varchar NOT NULL,
    CONSTRAINT oauth_client_accounts_pk PRIMARY KEY (client_id, account_id),
    CONSTRAINT "oauth_client_accounts_client" FOREIGN KEY ("client_id") REFERENCES "oauth_clients" ("id") ON DELETE CASCADE,
    CONSTRAINT "oauth_client_accounts_account" FOREIGN KEY ("account_id") REFERENCES "accounts" ("id") ON DELETE CASCADE
  )`,
  `CREATE TABLE oauth_grants (
    id varchar NOT NULL,
    account_id varchar NOT NULL,
    client_id varchar NOT NULL,
    scopes text NOT NULL,
    authorized_at bigint NOT NULL,
    last_used_at bigint,
    CONSTRAINT oauth_grants_pk PRIMARY KEY (id),
    CONSTRAINT "oauth_grants_account" FOREIGN KEY ("account_id") REFERENCES "accounts" ("id") ON DELETE CASCADE,
    CONSTRAINT "oauth_grants_client" FOREIGN KEY ("client_id") REFERENCES "oauth_clients" ("id") ON DELETE CASCADE
  )`,
  "CREATE UNIQUE INDEX oauth_grants_account_client ON oauth_grants (account_id, client_id)",
  `CREATE TABLE oauth_authorizations (
    id varchar NOT NULL,
    grant_id varchar NOT NULL,
    client_id varchar NOT NULL,
    account_id varchar NOT NULL,
    scopes text NOT NULL,
    redirect_uri text NOT NULL,
    code_challenge varchar NOT NULL,
    nonce text,
    assurance varchar NOT NULL,
    methods varchar NOT NULL,
    authenticated_at bigint NOT NULL,
    code_hash varchar NOT NULL,
    code_expires_at bigint NOT NULL,
    redeemed boolean NOT NULL,
    created_at bigint NOT NULL,
    CONSTRAINT oauth_authorizations_pk PRIMARY KEY (id),
    CONSTRAINT "oauth_authorizations_grant" FOREIGN KEY ("grant_id") REFERENCES "oauth_grants" ("id") ON DELETE CASCADE
  )`,
  "CREATE UNIQUE INDEX oauth_authorizations_code_hash ON oauth_authorizations (code_hash)",
  "CREATE INDEX oauth_authorizations_grant_id ON oauth_authorizations (grant_id)",
  `CREATE TABLE oauth_tokens (
    token_hash varchar NOT NULL,
    kind varchar NOT NULL,
    client_id varchar NOT NULL,
    account_id varchar NOT NULL,
    authorization_id varchar,
    scopes text NOT NULL,
    created_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    spent boolean NOT NULL,
    CONSTRAINT oauth_tokens_pk PRIMARY KEY (token_hash),
    CONSTRAINT "oauth_tokens_client" FOREIGN KEY ("client_id") REFERENCES "oauth_clients" ("id") ON DELETE CASCADE,
    CONSTRAINT "oauth_tokens_account" FOREIGN KEY ("account_id") REFERENCES "accounts" ("id") ON DELETE CASCADE,
    CONSTRAINT "oauth_tokens_authorization" FOREIGN KEY ("authorization_id") REFERENCES "oauth_authorizations" ("id") ON DELETE CASCADE
  )`,
  ...["authorization_id", "account_id", "client_id", "expires_at"].map(
    (column) => `CREATE INDEX oauth_tokens_${column} ON oauth_tokens (${column})`,
  ),
  `CREATE TABLE oauth_authorization_requests (
    id varchar NOT NULL,
    client_id varchar NOT NULL,
    browser_hash varchar NOT NULL,
    account_id varchar,
    request text NOT NULL,
    expires_at bigint NOT NULL,
    CONSTRAINT oauth_authorization_requests_pk PRIMARY KEY (id),
    CONSTRAINT "oauth_authorization_requests_client" FOREIGN KEY ("client_id") REFERENCES "oauth_clients" ("id") ON DELETE CASCADE,
    CONSTRAINT "oauth_authorization_requests_account" FOREIGN KEY ("account_id") REFERENCES "accounts" ("id") ON DELETE CASCADE
  )`,
  "CREATE INDEX oauth_authorization_requests_expires_at ON oauth_authorization_requests (expires_at)",
  `CREATE TABLE oauth_signing_keys (
    id varchar NOT NULL,
    algorithm varchar NOT NULL,
    sealed_private_key text NOT NULL,
    signs_from bigint NOT NULL,
    CONSTRAINT oauth_signing_keys_pk PRIMARY KEY (id)
  )`,
];

/** Clients, what accounts allowed them, their codes and tokens, and the keys of ID tokens. */
export class OAuth1764200000000 implements MigrationInterface {
  name = "OAuth1764200000000";

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.query(`DROP TABLE ${table}`);
  }
}
