import Database from "better-sqlite3";
import pg from "pg";
import type { QueryRunner } from "typeorm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sql } from "../src/platform/sql.js";
import type { Answer } from "./stage/client.js";
import { mutation } from "./stage/client.js";
import { type DatabaseKind, describeOnBoth } from "./stage/databases.js";
import { ADMINISTRATOR, type Keyturn, type SeeStatement, startKeyturn } from "./stage/keyturn.js";
import {
  enroll,
  type LoggedInPerson,
  logInAdministrator,
  type Newcomers,
  newcomers,
} from "./stage/people.js";

/** Something that one request does. */
type Flow = (people: Newcomers, keyturn: Keyturn) => Promise<() => Promise<Answer>>;

const send = ({ client }: Pick<LoggedInPerson, "client">, name: string, input: object): Promise<Answer> =>
  client.send(mutation(name), { input });

const FLOWS: Readonly<Record<string, Flow>> = {
  login: async ({ newPerson }, { anyone }) => {
    const { loginName, password } = await newPerson();
    return () => anyone.send(mutation("login"), { input: { loginName, password } });
  },
  "login with a code": async ({ newProtected }, { anyone, clock }) => {
    const { loginName, password, app } = await newProtected();
    clock.advance({ seconds: 30 });
    const proof = { verificationCode: app.code() };
    return () => anyone.send(mutation("login"), { input: { loginName, password, proof } });
  },
  confirmTwoFactor: async ({ newLoggedIn }, keyturn) => {
    const person = await newLoggedIn();
    const { id, app } = await enroll(keyturn, person);
    return () => send(person, "confirmTwoFactor", { enrollmentId: id, verificationCode: app.code() });
  },
  createApiToken: async ({ newLoggedIn }) => {
    const person = await newLoggedIn();
    return () => send(person, "createApiToken", { name: "Script", scopes: ["account:read"] });
  },
  changePassword: async ({ newLoggedIn }) => {
    const person = await newLoggedIn();
    const input = { currentPassword: person.password, newPassword: "amber-ferry-thimble-19" };
    return () => send(person, "changePassword", input);
  },
  disableTwoFactor: async ({ newProtected }, { clock }) => {
    const person = await newProtected();
    clock.advance({ seconds: 30 });
    return () => send(person, "disableTwoFactor", { proof: { verificationCode: person.app.code() } });
  },
  updateProfile: async ({ newLoggedIn }) => {
    const person = await newLoggedIn();
    return () => send(person, "updateProfile", { displayName: "Somebody else" });
  },
};

/** How a statement fails: before it did anything, or so that SQLite has ended the transaction by itself (a full disk). */
const FAULTS = {
  "is not run": () => undefined,
  "ends the transaction": (runner: QueryRunner) => {
    const { databaseConnection } = runner.dataSource.driver as unknown as Connected;
    if (databaseConnection.inTransaction) databaseConnection.exec("ROLLBACK");
  },
} as const;
type Connected = { readonly databaseConnection: Database.Database };
type Fault = keyof typeof FAULTS;
const FAULTS_ON: Readonly<Record<DatabaseKind, readonly Fault[]>> = {
  sqlite: ["is not run", "ends the transaction"],
  postgres: ["is not run"],
};

describeOnBoth("a statement that fails", (kind) => {
  let keyturn: Keyturn;
  let administrator: LoggedInPerson;
  const people = newcomers(() => ({ keyturn, administrator }));
  beforeAll(async () => {
    keyturn = await startKeyturn(kind, { KEYTURN_SQLITE_SYNCHRONOUS: "normal" });
    administrator = await logInAdministrator(keyturn);
  });
  afterAll(() => keyturn.close());

  describe.each(FAULTS_ON[kind])("and %s", (fault) => {
    it.each(Object.entries(FLOWS))(
      "leaves nothing half done, wherever it stands in: %s",
      async (_name, flow) => {
        for (let place = 1; ; place += 1) {
          const act = await flow(people, keyturn);
          await keyturn.settle();
          const before = await snapshot(keyturn);
          const faults = failAt(place, fault);
          keyturn.beforeStatements(faults.see);
          const answer = await act();
          await keyturn.settle();
          keyturn.beforeStatements(null);
          const code = answer.body.errors?.[0]?.extensions.code;
          if (!faults.happened()) {
            expect(code).toBeUndefined();
            expect(place).toBeGreaterThan(3);
            break;
          }
          const after = { place, rows: await snapshot(keyturn) };
          if (code !== undefined) expect(after).toEqual({ place, rows: before });
          else expect(after).not.toEqual({ place, rows: before });
          await expectWritesAreKept();
        }
      },
    );
  });

  /** Read by another connection: what this one's own transaction shows may never be committed. */
  async function expectWritesAreKept(): Promise<void> {
    const givenUp = keyturn.app.context.db.transaction(() => Promise.reject(new Error("given up")));
    await expect(givenUp).rejects.toThrow("given up");
    const displayName = `Administrator ${Math.random()}`;
    await administrator.client.query(
      "mutation($n: String!) { updateProfile(input: { displayName: $n }) { __typename } }",
      {
        n: displayName,
      },
    );
    expect(await readByAnother(keyturn)).toBe(displayName);
  }
});

/** Lets the statement at a place, counted from the next one, fail as a full disk does. */
function failAt(place: number, fault: Fault): { see: SeeStatement; happened: () => boolean } {
  let left = place;
  return {
    see: (_statement, runner) => {
      left -= 1;
      if (left !== 0) return;
      FAULTS[fault](runner);
      throw Object.assign(new Error("database or disk is full"), { code: "SQLITE_FULL" });
    },
    happened: () => left <= 0,
  };
}

/** Everything that stands for access or a setting; counters and the trail may tell of what was tried. */
const TABLES = {
  accounts: "id, password_hash, display_name, two_factor_enabled_at, last_login_at",
  sessions: "id, token_hash, assurance",
  api_tokens: "id",
  authenticators: "id",
  recovery_codes: "id",
  login_challenges: "id",
};

async function snapshot({ app }: Keyturn): Promise<object> {
  const tables = Object.entries(TABLES).map(async ([table, columns]) => {
    const { rows } = await sql(app.context.db.read, `SELECT ${columns} FROM ${table} ORDER BY id`);
    return [table, rows];
  });
  return Object.fromEntries(await Promise.all(tables));
}

const DISPLAY_NAME = `SELECT display_name AS name FROM accounts WHERE login_name = '${ADMINISTRATOR.loginName}'`;

async function readByAnother({ database }: Keyturn): Promise<string> {
  if (database.url.startsWith("sqlite:")) {
    const other = new Database(database.url.replace("sqlite://", ""), { readonly: true });
    const { name } = other.prepare(DISPLAY_NAME).get() as { name: string };
    other.close();
    return name;
  }
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const { rows } = await client.query(DISPLAY_NAME);
  await client.end();
  return rows[0].name;
}
