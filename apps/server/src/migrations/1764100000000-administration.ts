import type { MigrationInterface, QueryRunner } from "typeorm";
import { sql } from "../platform/sql.js";

const STATEMENTS = [
  "ALTER TABLE accounts ADD COLUMN display_name_key text NOT NULL DEFAULT ''",
  "ALTER TABLE accounts ADD COLUMN last_password_call_at bigint",
  "ALTER TABLE audit_events ADD COLUMN sequence bigint",
  "ALTER TABLE audit_events ADD COLUMN hash varchar",
  "CREATE INDEX audit_events_actor_id ON audit_events (actor_id, at)",
  "CREATE INDEX audit_events_subject_id ON audit_events (subject_id, at)",
  "CREATE INDEX audit_events_action ON audit_events (action, at)",
  "CREATE INDEX audit_events_request_id ON audit_events (request_id)",
  "CREATE UNIQUE INDEX audit_events_sequence ON audit_events (sequence) WHERE sequence IS NOT NULL",
  "CREATE INDEX audit_events_unsealed ON audit_events (at, id) WHERE sequence IS NULL",
  `CREATE TABLE audit_chain (
    id integer NOT NULL,
    sequence bigint NOT NULL,
    hash varchar NOT NULL,
    CONSTRAINT audit_chain_pk PRIMARY KEY (id)
  )`,
  `CREATE TABLE two_factor_reset_requests (
    id varchar NOT NULL,
    account_id varchar NOT NULL,
    requested_by varchar NOT NULL,
    reason text NOT NULL,
    two_factor_enabled_at bigint NOT NULL,
    revoke_authorized_applications boolean NOT NULL,
    revoke_api_tokens boolean NOT NULL,
    requested_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    CONSTRAINT two_factor_reset_requests_pk PRIMARY KEY (id),
    CONSTRAINT "two_factor_reset_requests_account" FOREIGN KEY ("account_id") REFERENCES "accounts" ("id") ON DELETE CASCADE,
    CONSTRAINT "two_factor_reset_requests_requester" FOREIGN KEY ("requested_by") REFERENCES "accounts" ("id") ON DELETE CASCADE
  )`,
  "CREATE UNIQUE INDEX two_factor_reset_requests_by ON two_factor_reset_requests (account_id, requested_by)",
  "CREATE INDEX two_factor_reset_requests_expires_at ON two_factor_reset_requests (expires_at)",
];

/** Search of accounts, the audit chain, and resets that wait for a second administrator. */
export class Administration1764100000000 implements MigrationInterface {
  name = "Administration1764100000000";

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
    await fillDisplayNameKeys(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("DROP TABLE two_factor_reset_requests");
    await runner.query("DROP TABLE audit_chain");
    for (const index of ["actor_id", "subject_id", "action", "request_id", "sequence", "unsealed"])
      await runner.query(`DROP INDEX audit_events_${index}`);
    for (const column of ["sequence", "hash"])
      await runner.query(`ALTER TABLE audit_events DROP COLUMN ${column}`);
    for (const column of ["display_name_key", "last_password_call_at"])
      await runner.query(`ALTER TABLE accounts DROP COLUMN ${column}`);
  }
}

/** No database folds case as login names are folded. The rule stands here as it was: a migration never changes. */
async function fillDisplayNameKeys({ manager }: QueryRunner): Promise<void> {
  const { rows } = await sql<{ id: string; name: string }>(
    manager,
    "SELECT id, display_name AS name FROM accounts",
  );
  for (const { id, name } of rows) {
    const key = name.normalize("NFKC").toLowerCase().toUpperCase().toLowerCase().normalize("NFKC").trim();
    await sql(manager, "UPDATE accounts SET display_name_key = $2 WHERE id = $1", [id, key]);
  }
}
