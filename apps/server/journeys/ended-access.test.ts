import { afterAll, beforeAll, expect, it, test } from "vitest";
import { sql } from "../src/platform/sql.js";
import { BEARER_TABLES } from "../src/rooms/accounts/end-access.js";
import { bearer, type Client } from "./stage/client.js";
import { describeOnBoth } from "./stage/databases.js";
import { type Keyturn, startKeyturn } from "./stage/keyturn.js";
import { askForAuthorization, authorizeApplication } from "./stage/oauth.js";
import {
  enroll,
  type LoggedInPerson,
  logIn,
  logInWithCode,
  type Newcomers,
  newcomers,
  type Person,
  type ProtectedPerson,
} from "./stage/people.js";
import { protectAdministrator, setPolicy } from "./stage/proofs.js";

/** Something that a person holds, and whether it still opens anything. */
interface Held {
  readonly bearer: string;
  readonly opens: () => Promise<boolean>;
}

/** What ends access, and what takes that back. */
interface Event {
  readonly ends: (stage: Stage) => Promise<unknown>;
  readonly reverses: (stage: Stage) => Promise<unknown>;
  /** The bearers that end; all others go on. */
  readonly ended: readonly string[];
}

interface Stage {
  readonly keyturn: Keyturn;
  /** With a fresh proof. */
  readonly administrator: Client;
  readonly person: Person;
  readonly clientId: string;
}

const ALL = ["session", "API token", "application", "authorization request", "enrollment", "mailed link"];
const REASON = { reason: "a test" };
const OF_CLIENT = ["application", "authorization request"];

const EVENTS: Readonly<Record<string, Event>> = {
  "a suspension": {
    ends: ({ administrator, person }) =>
      administrator.mutate("suspendAccount", { accountId: person.id, ...REASON }),
    reverses: reinstate,
    ended: ALL,
  },
  "a suspension that spares API tokens": {
    ends: ({ administrator, person }) =>
      administrator.mutate("suspendAccount", { accountId: person.id, ...REASON, keepApiTokens: true }),
    reverses: reinstate,
    ended: ALL.filter((each) => each !== "API token"),
  },
  "a suspension that spares applications": {
    ends: ({ administrator, person }) =>
      administrator.mutate("suspendAccount", {
        accountId: person.id,
        ...REASON,
        keepAuthorizedApplications: true,
      }),
    reverses: reinstate,
    ended: ALL.filter((each) => !OF_CLIENT.includes(each)),
  },
  "disabling the client": {
    ends: (stage) => updateClient(stage, { enabled: false }),
    reverses: (stage) => updateClient(stage, { enabled: true }),
    ended: OF_CLIENT,
  },
  "disabling the client for a pause": {
    ends: (stage) => updateClient(stage, { enabled: false, keepAuthorizations: true }),
    reverses: (stage) => updateClient(stage, { enabled: true }),
    ended: [],
  },
  "leaving the account off the client's list": {
    ends: (stage) => updateClient(stage, { access: "LISTED", allowedAccountIds: [] }),
    reverses: (stage) => updateClient(stage, { allowedAccountIds: [stage.person.id] }),
    ended: OF_CLIENT,
  },
  "leaving the account off the client's list for a pause": {
    ends: (stage) =>
      updateClient(stage, { access: "LISTED", allowedAccountIds: [], keepAuthorizations: true }),
    reverses: (stage) => updateClient(stage, { allowedAccountIds: [stage.person.id] }),
    ended: [],
  },
  "a new password by an administrator": {
    ends: ({ administrator, person }) =>
      administrator.mutate("setAccountPassword", {
        accountId: person.id,
        newPassword: "amber-ferry-thimble-19",
      }),
    reverses: ({ administrator, person }) =>
      administrator.mutate("setAccountPassword", { accountId: person.id, newPassword: person.password }),
    ended: ["session", "enrollment", "mailed link"],
  },
  "ending its sessions": {
    ends: ({ administrator, person }) =>
      administrator.mutate("revokeAccountSessions", { accountId: person.id, ...REASON }),
    reverses: async () => undefined,
    ended: ["session"],
  },
};

test("every table that holds what somebody shows is one that ending access knows", async () => {
  const keyturn = await startKeyturn("sqlite");
  const { rows } = await sql<{ name: string }>(
    keyturn.app.context.db.read,
    `SELECT DISTINCT m.name AS name FROM sqlite_master m JOIN pragma_table_info(m.name) c
     WHERE m.type = 'table' AND (c.name LIKE '%token_hash' OR c.name LIKE '%code_hash' OR c.name LIKE '%browser_hash')`,
  );
  await keyturn.close();
  const holding = rows.map(({ name }) => name);
  expect(holding.length).toBeGreaterThan(4);
  expect(holding.filter((name) => !(BEARER_TABLES as readonly string[]).includes(name))).toEqual([]);
});

describeOnBoth("what was ended", (kind) => {
  let keyturn: Keyturn;
  let administrator: ProtectedPerson;
  const people: Newcomers = newcomers(() => ({ keyturn, administrator }));
  beforeAll(async () => {
    keyturn = await startKeyturn(kind, { KEYTURN_SQLITE_SYNCHRONOUS: "normal" });
    administrator = await protectAdministrator(keyturn);
  });
  afterAll(() => keyturn.close());

  const fresh = async (): Promise<ProtectedPerson> => {
    administrator = await logInWithCode(keyturn, administrator);
    return administrator;
  };

  it.each(Object.entries(EVENTS))("by %s stays ended once that is taken back", async (_title, event) => {
    await fresh();
    const person = await people.newLoggedIn();
    const { clientId, held } = await hold(keyturn, person);
    const opening = async (): Promise<string[]> => {
      const open = await Promise.all(
        held.map(async ({ opens, bearer }) => ((await opens()) ? [bearer] : [])),
      );
      return open.flat();
    };
    expect(await opening()).toEqual(ALL);
    const stage = { keyturn, administrator: administrator.client, person, clientId };
    await event.ends(stage);
    await event.reverses(stage);
    expect(await opening()).toEqual(ALL.filter((each) => !event.ended.includes(each)));
  });

  it("by a demotion stays ended: no right of an administrator wakes with the role", async () => {
    await fresh();
    const person = await people.newPerson();
    const change = (role: string) =>
      administrator.client.mutate("changeAccountRole", { accountId: person.id, role });
    await change("ADMINISTRATOR");
    const { client } = await logIn(keyturn, person);
    const created = "... on ApiTokenCreated { token }";
    const tokenOf = async (scopes: string[]): Promise<Client> =>
      keyturn.anyone.with(
        bearer((await client.mutate("createApiToken", { name: "Script", scopes }, created)).token),
      );
    const [both, only] = [await tokenOf(["account:read", "admin:read"]), await tokenOf(["admin:read"])];
    const application = keyturn.anyone.with(
      bearer((await authorizeApplication(keyturn, person, { scopes: "account:read admin:read" })).token),
    );
    const scopesOf = async (token: Client): Promise<unknown> => {
      const { body } = await token.send("{ authentication { scopes } }");
      return body.data?.authentication.scopes ?? body.errors[0].extensions.code;
    };
    expect(await scopesOf(application)).toEqual(["account:read", "admin:read"]);
    for (const role of ["USER", "ADMINISTRATOR"]) {
      await change(role);
      expect([role, await scopesOf(both)]).toEqual([role, ["account:read"]]);
      expect([role, await scopesOf(application)]).toEqual([role, ["account:read"]]);
      expect([role, await scopesOf(only)]).toEqual([role, "INVALID_CREDENTIALS"]);
    }
  });

  it("by a rule that leaves FORBIDDEN: what a password alone made while the factor lay dormant", async () => {
    const protectedPerson = await people.newProtected();
    const plain = await people.newPerson();
    const before = await apiTokenOf(protectedPerson);
    await setPolicy(await fresh(), { twoFactor: "FORBIDDEN" });
    const admin = await logIn(keyturn, administrator);
    keyturn.clock.advance({ seconds: 1 });
    const dormant = await logIn(keyturn, protectedPerson);
    const made = await apiTokenOf(dormant);
    const allowed = keyturn.anyone.with(bearer((await authorizeApplication(keyturn, dormant)).token));
    const others = await apiTokenOf(await logIn(keyturn, plain));
    await setPolicy(admin, { twoFactor: "OPTIONAL" });
    expect(await statusOf(dormant.client)).toBe(401);
    expect([await statusOf(made), await statusOf(allowed)]).toEqual([401, 401]);
    expect([await statusOf(before), await statusOf(others)]).toEqual([200, 200]);
  });

  async function apiTokenOf({ client }: LoggedInPerson): Promise<Client> {
    const input = { name: "Script", scopes: ["account:read"] };
    const { token } = await client.mutate("createApiToken", input, "... on ApiTokenCreated { token }");
    return keyturn.anyone.with(bearer(token));
  }
});

function reinstate({ administrator, person }: Stage): Promise<unknown> {
  return administrator.mutate("reinstateAccount", { accountId: person.id });
}

async function updateClient({ administrator, clientId: id }: Stage, change: object): Promise<void> {
  const answer = await administrator.mutate("updateOAuthClient", { id, ...change });
  if (answer.__typename !== "OAuthClientUpdated") throw new Error(JSON.stringify(answer));
}

/** Gives a person one of each, by one application. */
async function hold(keyturn: Keyturn, person: LoggedInPerson): Promise<{ clientId: string; held: Held[] }> {
  const { anyone, app } = keyturn;
  const input = { name: "Script", scopes: ["account:read"] };
  const { token } = await person.client.mutate("createApiToken", input, "... on ApiTokenCreated { token }");
  const application = await authorizeApplication(keyturn, person);
  const { clientId } = application;
  const request = await askForAuthorization(keyturn, person, clientId);
  const enrollment = await enroll(keyturn, person);
  await anyone.mutate("requestPasswordReset", { loginName: person.loginName });
  await keyturn.mailbox.next(
    ({ to, text }) => to.startsWith(person.loginName) && text.includes("/reset-password/"),
  );
  const isThere = async (table: string, id: string, where = "id = $1"): Promise<boolean> =>
    (await sql(app.context.db.read, `SELECT 1 AS one FROM ${table} WHERE ${where}`, [id])).rows.length > 0;
  const opens = async (client: Client): Promise<boolean> => (await statusOf(client)) === 200;
  return {
    clientId,
    held: [
      { bearer: "session", opens: () => opens(person.client) },
      { bearer: "API token", opens: () => opens(anyone.with(bearer(token))) },
      { bearer: "application", opens: () => opens(anyone.with(bearer(application.token))) },
      { bearer: "authorization request", opens: () => isThere("oauth_authorization_requests", request) },
      { bearer: "enrollment", opens: () => isThere("totp_enrollments", enrollment.id) },
      {
        bearer: "mailed link",
        opens: () => isThere("mail_links", person.id, "account_id = $1 AND ended_at IS NULL"),
      },
    ],
  };
}

async function statusOf(client: Client): Promise<number> {
  return (await client.send("{ viewer { id } }")).status;
}
