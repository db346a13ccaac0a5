import { afterAll, beforeAll, expect, it } from "vitest";
import { type Keyturn, startKeyturn } from "./stage/keyturn.js";
import {
  createPerson,
  createProtectedPerson,
  type LoggedInPerson,
  logIn,
  logInAdministrator,
  type Person,
  type ProtectedPerson,
  withToken,
} from "./stage/people.js";
import { challengeOf } from "./stage/proofs.js";

const VIEWER = "{ viewer { loginName } }";

let keyturn: Keyturn;
let ann: Person;
let bob: ProtectedPerson;
let session: LoggedInPerson;

beforeAll(async () => {
  keyturn = await startKeyturn("postgres");
  const administrator = await logInAdministrator(keyturn);
  ann = await createPerson(administrator, "ann");
  bob = await createProtectedPerson(keyturn, administrator, "bob");
  // The code of the confirmation is used up.
  keyturn.clock.advance({ seconds: 30 });
  session = await logIn(keyturn, ann);
});
afterAll(() => keyturn.close());

/** The SQL statements of one piece of work, and what it did in the background. */
async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  await keyturn.settle();
  keyturn.takeStatements();
  await work();
  await keyturn.settle();
  return keyturn.takeStatements();
}

it("reads the viewer of a session by one statement", async () => {
  const statements = await statementsOf(() => session.client.query(VIEWER));
  expect(statements).toHaveLength(1);
});

it("reads the viewer of an API token by one statement", async () => {
  const input = { name: "script", scopes: ["account:read"] };
  const created = await session.client.mutate("createApiToken", input, "... on ApiTokenCreated { token }");
  const client = withToken(keyturn, created.token);
  // The first use is noted.
  await client.query(VIEWER);
  const statements = await statementsOf(() => client.query(VIEWER));
  expect(statements).toHaveLength(1);
});

it("logs in to a session by at most five statements", async () => {
  const statements = await statementsOf(() => logIn(keyturn, ann));
  expect(statements.length, statements.join("\n")).toBeLessThanOrEqual(5);
});

it("logs in to a challenge by at most five statements", async () => {
  const statements = await statementsOf(() => challengeOf(keyturn, bob));
  expect(statements.length, statements.join("\n")).toBeLessThanOrEqual(5);
});

it("completes a login by at most eight statements", async () => {
  const input = { challenge: await challengeOf(keyturn, bob), proof: { verificationCode: bob.app.code() } };
  const statements = await statementsOf(async () => {
    const { __typename } = await keyturn.anyone.mutate("completeLogin", input);
    expect(__typename).toBe("LoggedIn");
  });
  expect(statements.length, statements.join("\n")).toBeLessThanOrEqual(8);
});
