import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { mutation } from "./stage/client.js";
import { changeRows, readRows } from "./stage/counters.js";
import { describeOnBoth } from "./stage/databases.js";
import { inTheMoment } from "./stage/in-the-moment.js";
import { type Keyturn, startKeyturn } from "./stage/keyturn.js";
import { authorizeApplication } from "./stage/oauth.js";
import { createPerson, type LoggedInPerson, logIn, logInAdministrator, withToken } from "./stage/people.js";

const SCOPES = ["admin:read", "admin:write", "account:write"];
const MADE = "... on ApiTokenCreated { token apiToken { id } }";

/** What a token can change, each with an input that would change something of an account. */
const USES: Readonly<Record<string, (accountId: string) => object>> = {
  createAccount: () => ({ loginName: "too-late", displayName: "Late", password: "seven-quiet-lanterns" }),
  updateAccount: (accountId) => ({ accountId, displayName: "Changed too late" }),
  suspendAccount: (accountId) => ({ accountId, reason: "Too late" }),
  reinstateAccount: (accountId) => ({ accountId }),
  unlockAccount: (accountId) => ({ accountId }),
  updateProfile: () => ({ displayName: "Changed too late" }),
};

describeOnBoth("a credential that ends in the moment of its use", (kind) => {
  let keyturn: Keyturn;
  let administrator: LoggedInPerson;
  let eve: LoggedInPerson;
  let ann: LoggedInPerson;
  let people = 0;

  const someone = async (): Promise<LoggedInPerson> => {
    people += 1;
    return await logIn(keyturn, await createPerson(administrator, `person-${people}`));
  };
  const become = (role: string) =>
    administrator.client.mutate("changeAccountRole", { accountId: eve.id, role });
  const allow = () => authorizeApplication(keyturn, eve, { scopes: SCOPES.join(" ") });
  /** Everything that could have been changed, as it is. */
  const everything = async () => ({
    accounts: await readRows(keyturn, "SELECT id, display_name, suspended_at FROM accounts ORDER BY id"),
    sessions: await readRows(keyturn, "SELECT id FROM sessions WHERE account_id = $1", [ann.id]),
    apiTokens: await readRows(keyturn, "SELECT id FROM api_tokens WHERE account_id = $1", [ann.id]),
    grants: await readRows(keyturn, "SELECT id FROM oauth_grants WHERE account_id = $1", [ann.id]),
    events: await readRows(keyturn, "SELECT id FROM audit_events WHERE subject_id = $1", [ann.id]),
  });

  beforeAll(async () => {
    keyturn = await startKeyturn(kind);
    administrator = await logInAdministrator(keyturn);
  });
  afterAll(() => keyturn.close());
  beforeEach(async () => {
    eve = await someone();
    await become("ADMINISTRATOR");
    eve = await logIn(keyturn, eve);
    ann = await someone();
  });

  /** A token of an administrator, and how it ends. */
  const TOKENS: Readonly<Record<string, () => Promise<{ token: string; end: () => Promise<unknown> }>>> = {
    "an API token that is revoked": async () => {
      const asked = { name: "script", scopes: SCOPES };
      const { token, apiToken } = await eve.client.mutate("createApiToken", asked, MADE);
      return { token, end: () => eve.client.mutate("revokeApiToken", { id: apiToken.id }) };
    },
    "an application's token whose access is withdrawn": async () => {
      const { token, id } = await allow();
      return { token, end: () => eve.client.mutate("revokeAuthorizedApplication", { id }) };
    },
    "the token of an application that is disabled": async () => {
      const { token, clientId } = await allow();
      const text = "UPDATE oauth_clients SET enabled = false WHERE id = $1";
      return { token, end: () => changeRows(keyturn, text, [clientId]) };
    },
  };

  it.each(Object.entries(TOKENS))("changes nothing: %s", async (_, make) => {
    for (const [change, inputFor] of Object.entries(USES)) {
      const { token, end } = await make();
      const client = withToken(keyturn, token);
      // The first use is noted, by a transaction of its own.
      await client.query("{ accounts(first: 1) { totalCount } }");
      const before = await everything();
      const { body } = await inTheMoment(keyturn, end, () =>
        client.send(mutation(change), { input: inputFor(ann.id) }),
      );
      expect(body.errors?.[0].extensions.code, change).toBe("INVALID_CREDENTIALS");
      expect(await everything(), change).toEqual(before);
    }
  });

  /** What is ended by its id alone, one's own or, as an administrator, anyone's. */
  const REVOKED: Readonly<Record<string, () => Promise<string>>> = {
    revokeSession: async () =>
      (await ann.client.query("{ viewer { sessions { id } } }")).viewer.sessions[0].id,
    revokeApiToken: async () => {
      const asked = { name: "script", scopes: ["account:read"] };
      return (await ann.client.mutate("createApiToken", asked, MADE)).apiToken.id;
    },
    revokeAuthorizedApplication: async () => (await authorizeApplication(keyturn, ann)).id,
  };

  describe.each(Object.entries(REVOKED))("by %s", (revoke, make) => {
    it("ends nothing of another's: a session whose administrator is demoted or logs out", async () => {
      for (const end of [() => become("USER"), () => eve.client.mutate("logout", {})]) {
        const id = await make();
        const before = await everything();
        const { body } = await inTheMoment(keyturn, end, () =>
          eve.client.send(mutation(revoke), { input: { id } }),
        );
        expect(body.errors?.[0].extensions.code).toBe("INVALID_CREDENTIALS");
        expect(await everything()).toEqual(before);
        await become("ADMINISTRATOR");
        eve = await logIn(keyturn, eve);
      }
    });
  });
});
