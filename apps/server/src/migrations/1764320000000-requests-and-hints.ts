import type { MigrationInterface, QueryRunner } from "typeorm";

/** A request lives five minutes: those that wait in the moment of a migration are asked anew by their clients. */
const requests = (...columns: readonly string[]): string[] => [
  "DROP TABLE oauth_authorization_requests",
  `CREATE TABLE oauth_authorization_requests (
    id varchar NOT NULL,
    client_id varchar NOT NULL,
    browser_hash varchar NOT NULL,
    ${columns.join(",\n    ")},
    request text NOT NULL,
    expires_at bigint NOT NULL,
    CONSTRAINT oauth_authorization_requests_pk PRIMARY KEY (id),
    CONSTRAINT "oauth_authorization_requests_client" FOREIGN KEY ("client_id") REFERENCES "oauth_clients" ("id") ON DELETE CASCADE,
    CONSTRAINT "oauth_authorization_requests_account" FOREIGN KEY ("account_id") REFERENCES "accounts" ("id") ON DELETE CASCADE
  )`,
  "CREATE INDEX oauth_authorization_requests_expires_at ON oauth_authorization_requests (expires_at)",
];

const RETIRED_KEYS = `CREATE TABLE oauth_retired_keys (
  id varchar NOT NULL,
  algorithm varchar NOT NULL,
  public_key text NOT NULL,
  hints_until bigint NOT NULL,
  CONSTRAINT oauth_retired_keys_pk PRIMARY KEY (id)
)`;

/** Requests of clients that an account has seen, and the public halves of keys that sign no more, for hints. */
export class RequestsAndHints1764320000000 implements MigrationInterface {
  name = "RequestsAndHints1764320000000";

  async up(runner: QueryRunner): Promise<void> {
    const statements = requests("account_id varchar NOT NULL", "closed boolean NOT NULL");
    for (const statement of [...statements, RETIRED_KEYS]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    const statements = [...requests("account_id varchar"), "DROP TABLE oauth_retired_keys"];
    for (const statement of statements) await runner.query(statement);
  }
}
