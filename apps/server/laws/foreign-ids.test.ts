import { getNamedType, isInputObjectType } from "graphql";
import { afterAll, beforeAll, expect, it, test } from "vitest";
import { describeOnBoth } from "../journeys/stage/databases.js";
import { type Keyturn, startKeyturn } from "../journeys/stage/keyturn.js";
import { askForAuthorization, authorizeApplication } from "../journeys/stage/oauth.js";
import {
  type AuthenticatorApp,
  createProtectedPerson,
  enroll,
  type LoggedInPerson,
  logInAdministrator,
  logInWithCode,
  type ProtectedPerson,
  withToken,
} from "../journeys/stage/people.js";
import { sql } from "../src/platform/sql.js";
import { printed } from "./contract.js";
import { INPUTS } from "./inputs.js";
import { documentOf } from "./subjects.js";

/** The ids of what one account has, and what would open it. */
interface Things {
  readonly account: string;
  readonly session: string;
  readonly apiToken: string;
  readonly application: string;
  readonly client: string;
  readonly authorizationRequest: string;
  readonly authenticator: string;
  readonly enrollment: string;
  /** Shows the codes of the pending enrollment. */
  readonly pendingApp: AuthenticatorApp;
}

interface Trial {
  readonly input: object;
  /** The code of the refusal, or the type of the story's own failure. */
  readonly answer: string;
}

/** Each mutation that takes an id, with another's: the stranger may prove whatever is asked of them. */
const TRIALS: Readonly<Record<string, (another: Things, stranger: ProtectedPerson) => Trial>> = {
  revokeSession: ({ session }) => ({ input: { id: session }, answer: "NOT_FOUND" }),
  revokeApiToken: ({ apiToken }) => ({ input: { id: apiToken }, answer: "NOT_FOUND" }),
  revokeAuthorizedApplication: ({ application }) => ({ input: { id: application }, answer: "NOT_FOUND" }),
  answerAuthorizationRequest: ({ authorizationRequest }) => ({
    input: { id: authorizationRequest, allow: true },
    answer: "ChallengeExpired",
  }),
  createOAuthClient: ({ account }) => ({
    input: { name: "Mine", redirectUris: [], scopes: ["openid"], allowedAccountIds: [account] },
    answer: "FORBIDDEN",
  }),
  ...Object.fromEntries(
    ["updateOAuthClient", "rotateOAuthClientSecret", "deleteOAuthClient"].map((name) => [
      name,
      ({ client }: Things) => ({ input: { id: client }, answer: "FORBIDDEN" }),
    ]),
  ),
  renameAuthenticator: ({ authenticator }) => ({
    input: { id: authenticator, name: "Mine" },
    answer: "NOT_FOUND",
  }),
  removeAuthenticator: ({ authenticator }, { recoveryCodes }) => ({
    input: { id: authenticator, proof: { recoveryCode: recoveryCodes[0] } },
    answer: "NOT_FOUND",
  }),
  confirmTwoFactor: ({ enrollment, pendingApp }) => ({
    input: { enrollmentId: enrollment, verificationCode: pendingApp.code() },
    answer: "EnrollmentExpired",
  }),
  approveTwoFactorReset: ({ account }) => ({ input: { approvalId: account }, answer: "FORBIDDEN" }),
  rejectTwoFactorReset: ({ account }) => ({ input: { approvalId: account }, answer: "FORBIDDEN" }),
  ...Object.fromEntries(
    Object.entries(INPUTS)
      .filter(([, { input }]) => input !== undefined && "accountId" in input)
      .map(([name, { input }]) => [
        name,
        ({ account }: Things) => ({ input: { ...input, accountId: account }, answer: "FORBIDDEN" }),
      ]),
  ),
};

/** The mutations whose input holds an id, at any depth. */
function mutationsWithIds(): string[] {
  const fields = Object.values(printed.getMutationType()?.getFields() ?? {});
  const hasId = (type: unknown): boolean =>
    isInputObjectType(type) &&
    Object.values(type.getFields()).some(({ type: inner }) => {
      const named = getNamedType(inner);
      return named.name === "ID" || hasId(named);
    });
  return fields
    .filter(({ args }) => args.some(({ type }) => hasId(getNamedType(type))))
    .map(({ name }) => name);
}

test("every mutation that takes an id is tried with another's", () => {
  expect(mutationsWithIds().length).toBeGreaterThan(5);
  expect(mutationsWithIds().filter((name) => TRIALS[name] === undefined)).toEqual([]);
});

describeOnBoth("an ordinary account, by another's ids", (kind) => {
  let keyturn: Keyturn;
  let another: ProtectedPerson;
  let things: Things;
  let stranger: ProtectedPerson;

  beforeAll(async () => {
    keyturn = await startKeyturn(kind);
    const administrator = await logInAdministrator(keyturn);
    another = await createProtectedPerson(keyturn, administrator, "another");
    things = await gather(keyturn, another);
    stranger = await createProtectedPerson(keyturn, administrator, "stranger");
  });
  afterAll(() => keyturn.close());

  it.each(mutationsWithIds())("gets nothing from %s, and changes nothing", async (name) => {
    const { input, answer } = TRIALS[name]?.(things, stranger) ?? { input: {}, answer: "a trial" };
    const before = await everythingOf(keyturn, another);
    const { body } = await stranger.client.send(documentOf(name), { input });
    expect(body.errors?.[0]?.extensions.code ?? body.data[name].__typename).toBe(answer);
    expect(await everythingOf(keyturn, another)).toEqual(before);
  });

  it("does not confirm an enrollment by another session of the same account", async () => {
    const { client } = await logInWithCode(keyturn, another);
    const input = { enrollmentId: things.enrollment, verificationCode: things.pendingApp.code() };
    const answer = await client.mutate("confirmTwoFactor", input);
    expect(answer.__typename).toBe("EnrollmentExpired");
  });

  it("cannot ask for the other account", async () => {
    const { body } = await stranger.client.send("query($id: ID!) { account(id: $id) { loginName } }", {
      id: things.account,
    });
    expect(body).toMatchObject({ data: { account: null }, errors: [{ extensions: { code: "FORBIDDEN" } }] });
  });

  it("is refused though the ids are right: their owner acts by each of them", async () => {
    const { client } = another;
    const rename = { id: things.authenticator, name: "Mine" };
    expect((await client.mutate("renameAuthenticator", rename)).__typename).toBe("AuthenticatorRenamed");
    expect((await client.mutate("revokeApiToken", { id: things.apiToken })).__typename).toBe(
      "ApiTokenRevoked",
    );
    const revoked = await client.mutate("revokeAuthorizedApplication", { id: things.application });
    expect(revoked.__typename).toBe("AuthorizedApplicationRevoked");
    expect((await client.mutate("revokeSession", { id: things.session })).__typename).toBe("SessionRevoked");
    const input = { enrollmentId: things.enrollment, verificationCode: things.pendingApp.code() };
    const confirmed = await client.mutate(
      "confirmTwoFactor",
      input,
      "... on TwoFactorConfirmed { sessionToken }",
    );
    const proof = { recoveryCode: another.recoveryCodes[0] };
    const remove = { id: things.authenticator, proof };
    const removed = await withToken(keyturn, confirmed.sessionToken).mutate("removeAuthenticator", remove);
    expect(removed.__typename).toBe("AuthenticatorRemoved");
  });
});

async function gather(keyturn: Keyturn, person: ProtectedPerson): Promise<Things> {
  const other = await logInWithCode(keyturn, person);
  const { id: enrollment, app: pendingApp } = await enroll(keyturn, person);
  const token = { name: "script", scopes: ["account:read"] };
  await person.client.mutate("createApiToken", token, "... on ApiTokenCreated { token }");
  const { viewer } = await other.client.query(
    "{ viewer { id sessions { id current } apiTokens { id } twoFactor { authenticators { id } } } }",
  );
  const { id: application, clientId: client } = await authorizeApplication(keyturn, person);
  const authorizationRequest = await askForAuthorization(keyturn, person, client);
  const current = viewer.sessions.find((session: { current: boolean }) => session.current);
  return {
    ...{ account: viewer.id, session: current.id, apiToken: viewer.apiTokens[0].id, application, client },
    authorizationRequest,
    ...{ authenticator: viewer.twoFactor.authenticators[0].id, enrollment, pendingApp },
  };
}

/** Every row of an account, in every table. */
async function everythingOf({ app }: Keyturn, { id }: LoggedInPerson): Promise<object> {
  const { read } = app.context.db;
  const tables = read.dataSource.entityMetadatas.flatMap(({ tableName, columns }) => {
    const names = columns.map(({ databaseName }) => databaseName);
    const column = tableName === "accounts" ? "id" : "account_id";
    return names.includes(column) ? [{ tableName, column }] : [];
  });
  const rows = tables.map(async ({ tableName, column }) => {
    const text = `SELECT * FROM ${tableName} WHERE ${column} = $1 ORDER BY 1`;
    return [tableName, (await sql(read, text, [id])).rows];
  });
  return Object.fromEntries(await Promise.all(rows));
}
