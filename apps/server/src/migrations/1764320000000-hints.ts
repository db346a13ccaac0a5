import type { MigrationInterface, QueryRunner } from "typeorm";

const STATEMENTS = [
  `CREATE TABLE oauth_retired_keys (
    id varchar NOT NULL,
    algorithm varchar NOT NULL,
    public_key text NOT NULL,
    hints_until bigint NOT NULL,
    CONSTRAINT oauth_retired_keys_pk PRIMARY KEY (id)
  )`,
];

/** The public halves of keys that sign no more, for hints. */
export class Hints1764320000000 implements MigrationInterface {
  name = "Hints1764320000000";

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("DROP TABLE oauth_retired_keys");
  }
}
