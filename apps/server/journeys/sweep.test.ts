import { afterAll, beforeAll, expect, it } from "vitest";
import { createSweep } from "../src/sweep.js";
import { changeRows, readRows } from "./stage/counters.js";
import { describeOnBoth } from "./stage/databases.js";
import { type Keyturn, startKeyturn } from "./stage/keyturn.js";
import { authorizeApplication } from "./stage/oauth.js";
import { createPerson, logInAdministrator, type Person } from "./stage/people.js";

const DAY = 24 * 3600;

describeOnBoth("the sweep", (kind) => {
  let keyturn: Keyturn;
  let person: Person;
  const count = async (table: string): Promise<number> =>
    Number((await readRows<{ count: number }>(keyturn, `SELECT count(*) AS count FROM ${table}`))[0]?.count);

  beforeAll(async () => {
    keyturn = await startKeyturn(kind);
    person = await createPerson(await logInAdministrator(keyturn), "ann");
  });
  afterAll(() => keyturn.close());

  it("takes tokens that expired, then what led to them, and leaves what was allowed", async () => {
    const sweep = createSweep(keyturn.app.context);
    await authorizeApplication(keyturn, person);
    await sweep();
    expect([await count("oauth_tokens"), await count("oauth_authorizations")]).toEqual([2, 1]);
    keyturn.clock.advance({ seconds: 3600 });
    await sweep();
    expect([await count("oauth_tokens"), await count("oauth_authorizations")]).toEqual([1, 1]);
    keyturn.clock.advance({ seconds: DAY });
    await sweep();
    expect([await count("oauth_tokens"), await count("oauth_authorizations")]).toEqual([0, 0]);
    expect(await count("oauth_grants")).toBe(1);
  });

  it("leaves an authorization whose code can still be redeemed", async () => {
    const sweep = createSweep(keyturn.app.context);
    await authorizeApplication(keyturn, person);
    await changeRows(keyturn, "DELETE FROM oauth_tokens");
    await sweep();
    expect(await count("oauth_authorizations")).toBe(1);
    keyturn.clock.advance({ seconds: 60 });
    await sweep();
    expect(await count("oauth_authorizations")).toBe(0);
  });

  it("takes all of what strangers made and nobody answered", async () => {
    const { clientId } = await authorizeApplication(keyturn, person);
    const numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1300)";
    await changeRows(
      keyturn,
      `${numbers} INSERT INTO oauth_authorization_requests (id, client_id, account_id, browser_hash, request, expires_at, closed)
       SELECT 'r' || i, $1, a.id, 'any', '{}', $2, false FROM n CROSS JOIN (SELECT id FROM accounts LIMIT 1) a`,
      [clientId, keyturn.clock.now()],
    );
    await createSweep(keyturn.app.context)();
    expect(await count("oauth_authorization_requests")).toBe(0);
  });

  it("reaches the last of many authorizations, some each time, and begins again", async () => {
    const sweep = createSweep(keyturn.app.context);
    await changeRows(keyturn, "DELETE FROM oauth_authorizations");
    await authorizeApplication(keyturn, person);
    const columns =
      "grant_id, client_id, account_id, scopes, redirect_uri, code_challenge, assurance, methods, authenticated_at, code_expires_at, redeemed, created_at";
    const numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1200)";
    await changeRows(
      keyturn,
      `${numbers} INSERT INTO oauth_authorizations (id, code_hash, ${columns})
       SELECT 'z' || (1000 + i), 'hash' || i, ${columns} FROM oauth_authorizations, n`,
    );
    await changeRows(keyturn, "DELETE FROM oauth_tokens");
    await sweep();
    keyturn.clock.advance({ seconds: 60 });
    await sweep();
    await sweep();
    expect(await count("oauth_authorizations")).toBe(500);
    await sweep();
    expect(await count("oauth_authorizations")).toBe(0);
  });
});
