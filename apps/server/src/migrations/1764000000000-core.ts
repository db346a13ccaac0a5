import type { MigrationInterface, QueryRunner } from "typeorm";

// Foreign keys are quoted: only so does TypeORM find their names in SQLite's own text of a table.
const STATEMENTS = [
  `CREATE TABLE audit_events (
    id varchar NOT NULL,
    at bigint NOT NULL,
    action varchar NOT NULL,
    level varchar NOT NULL,
    result varchar NOT NULL,
    actor_id varchar,
    actor_login_name text,
    subject_id varchar,
    subject_login_name text,
    credential varchar,
    ip_address varchar,
    user_agent text,
    request_id varchar NOT NULL,
    details text NOT NULL,
    CONSTRAINT audit_events_pk PRIMARY KEY (id)
  )`,
  "CREATE INDEX audit_events_at ON audit_events (at, id)",
  `CREATE TABLE security_policy (
    id integer NOT NULL,
    two_factor varchar NOT NULL,
    two_factor_changed_at bigint NOT NULL,
    two_factor_required_from bigint,
    first_started_on varchar NOT NULL,
    trial_started_on varchar NOT NULL,
    maximum_failed_attempts integer NOT NULL,
    lockout_minutes integer,
    session_idle_seconds integer NOT NULL,
    session_lifetime_seconds integer NOT NULL,
    password_minimum_length integer NOT NULL,
    reset_needs_approval boolean NOT NULL,
    version integer NOT NULL,
    CONSTRAINT security_policy_pk PRIMARY KEY (id)
  )`,
  `CREATE TABLE accounts (
    id varchar NOT NULL,
    login_name text NOT NULL,
    login_name_key text NOT NULL,
    display_name text NOT NULL,
    email_address text,
    email_key text,
    locale varchar NOT NULL,
    kind varchar NOT NULL,
    role varchar NOT NULL,
    role_changed_at bigint NOT NULL,
    suspended_at bigint,
    password_hash text,
    failed_attempts integer NOT NULL,
    undecided_attempts text NOT NULL,
    locked_at bigint,
    locked_until bigint,
    wrong_codes integer NOT NULL,
    two_factor_enabled_at bigint,
    stamp integer NOT NULL,
    warned_wrong_code_at bigint,
    warned_password_refused_at bigint,
    warned_enrollment_at bigint,
    last_login_at bigint,
    created_at bigint NOT NULL,
    CONSTRAINT accounts_pk PRIMARY KEY (id)
  )`,
  "CREATE UNIQUE INDEX accounts_login_name_key ON accounts (login_name_key)",
  "CREATE INDEX accounts_email_key ON accounts (email_key)",
  "CREATE INDEX accounts_role ON accounts (role)",
  `CREATE TABLE unknown_login_names (
    id varchar NOT NULL,
    failed_attempts integer NOT NULL,
    undecided_attempts text NOT NULL,
    locked_at bigint,
    locked_until bigint,
    updated_at bigint NOT NULL,
    CONSTRAINT unknown_login_names_pk PRIMARY KEY (id)
  )`,
  "CREATE INDEX unknown_login_names_updated_at ON unknown_login_names (updated_at)",
  `CREATE TABLE mail_links (
    id varchar NOT NULL,
    token_hash varchar NOT NULL,
    account_id varchar NOT NULL,
    purpose varchar NOT NULL,
    email_address text,
    created_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    ended_at bigint,
    CONSTRAINT mail_links_pk PRIMARY KEY (id),
    CONSTRAINT "mail_links_account" FOREIGN KEY ("account_id") REFERENCES "accounts" ("id") ON DELETE CASCADE
  )`,
  "CREATE UNIQUE INDEX mail_links_token_hash ON mail_links (token_hash)",
  "CREATE INDEX mail_links_account_id ON mail_links (account_id)",
  "CREATE INDEX mail_links_expires_at ON mail_links (expires_at)",
  `CREATE TABLE authenticators (
    id varchar NOT NULL,
    account_id varchar NOT NULL,
    name text NOT NULL,
    sealed_secret text NOT NULL,
    last_used_step bigint NOT NULL,
    last_used_at bigint,
    created_at bigint NOT NULL,
    CONSTRAINT authenticators_pk PRIMARY KEY (id),
    CONSTRAINT "authenticators_account" FOREIGN KEY ("account_id") REFERENCES "accounts" ("id") ON DELETE CASCADE
  )`,
  "CREATE INDEX authenticators_account_id ON authenticators (account_id)",
  `CREATE TABLE totp_enrollments (
    id varchar NOT NULL,
    account_id varchar NOT NULL,
    session_id varchar NOT NULL,
    name text NOT NULL,
    sealed_secret text NOT NULL,
    wrong_codes integer NOT NULL,
    created_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    CONSTRAINT totp_enrollments_pk PRIMARY KEY (id),
    CONSTRAINT "totp_enrollments_account" FOREIGN KEY ("account_id") REFERENCES "accounts" ("id") ON DELETE CASCADE
  )`,
  "CREATE UNIQUE INDEX totp_enrollments_account_id ON totp_enrollments (account_id)",
  "CREATE INDEX totp_enrollments_expires_at ON totp_enrollments (expires_at)",
  `CREATE TABLE recovery_codes (
    id varchar NOT NULL,
    account_id varchar NOT NULL,
    CONSTRAINT recovery_codes_pk PRIMARY KEY (id),
    CONSTRAINT "recovery_codes_account" FOREIGN KEY ("account_id") REFERENCES "accounts" ("id") ON DELETE CASCADE
  )`,
  "CREATE INDEX recovery_codes_account_id ON recovery_codes (account_id)",
  `CREATE TABLE sessions (
    id varchar NOT NULL,
    token_hash varchar NOT NULL,
    account_id varchar NOT NULL,
    assurance varchar NOT NULL,
    methods varchar NOT NULL,
    authenticated_at bigint NOT NULL,
    created_at bigint NOT NULL,
    last_used_at bigint NOT NULL,
    ip_address varchar,
    user_agent text,
    use_cookie boolean NOT NULL,
    CONSTRAINT sessions_pk PRIMARY KEY (id),
    CONSTRAINT "sessions_account" FOREIGN KEY ("account_id") REFERENCES "accounts" ("id") ON DELETE CASCADE
  )`,
  "CREATE UNIQUE INDEX sessions_token_hash ON sessions (token_hash)",
  "CREATE INDEX sessions_account_id ON sessions (account_id)",
  "CREATE INDEX sessions_last_used_at ON sessions (last_used_at)",
  `CREATE TABLE login_challenges (
    id varchar NOT NULL,
    token_hash varchar NOT NULL,
    account_id varchar NOT NULL,
    account_stamp integer NOT NULL,
    policy_version integer NOT NULL,
    use_cookie boolean NOT NULL,
    wrong_codes integer NOT NULL,
    sealed_secret text,
    expires_at bigint NOT NULL,
    CONSTRAINT login_challenges_pk PRIMARY KEY (id),
    CONSTRAINT "login_challenges_account" FOREIGN KEY ("account_id") REFERENCES "accounts" ("id") ON DELETE CASCADE
  )`,
  "CREATE UNIQUE INDEX login_challenges_token_hash ON login_challenges (token_hash)",
  "CREATE INDEX login_challenges_account_id ON login_challenges (account_id)",
  "CREATE INDEX login_challenges_expires_at ON login_challenges (expires_at)",
  `CREATE TABLE api_tokens (
    id varchar NOT NULL,
    token_hash varchar NOT NULL,
    account_id varchar NOT NULL,
    name text NOT NULL,
    prefix varchar NOT NULL,
    scopes text NOT NULL,
    assurance varchar NOT NULL,
    created_at bigint NOT NULL,
    expires_at bigint,
    last_used_at bigint,
    CONSTRAINT api_tokens_pk PRIMARY KEY (id),
    CONSTRAINT "api_tokens_account" FOREIGN KEY ("account_id") REFERENCES "accounts" ("id") ON DELETE CASCADE
  )`,
  "CREATE UNIQUE INDEX api_tokens_token_hash ON api_tokens (token_hash)",
  "CREATE INDEX api_tokens_account_id ON api_tokens (account_id)",
];

/** The first tables: accounts, factors, sessions, tokens, policy, audit. One text for SQLite and PostgreSQL. */
export class Core1764000000000 implements MigrationInterface {
  name = "Core1764000000000";

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.query(`DROP TABLE ${table}`);
  }
}

const TABLES = [
  "api_tokens",
  "login_challenges",
  "sessions",
  "recovery_codes",
  "totp_enrollments",
  "authenticators",
  "mail_links",
  "unknown_login_names",
  "accounts",
  "security_policy",
  "audit_events",
];
