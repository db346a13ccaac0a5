import { afterAll, beforeAll, expect, it } from "vitest";
import { sql } from "../src/platform/sql.js";
import { describeOnBoth } from "./stage/databases.js";
import { type Keyturn, startKeyturn } from "./stage/keyturn.js";
import { createProtectedPerson, type LoggedInPerson, logInAdministrator } from "./stage/people.js";

const NAMES = ["ann", "ben", "cat", "dan", "eva", "fay"];

describeOnBoth("what is made in the moment of an administrator's reset", (kind) => {
  let keyturn: Keyturn;
  let administrator: LoggedInPerson;
  beforeAll(async () => {
    keyturn = await startKeyturn(kind);
    administrator = await logInAdministrator(keyturn);
  });
  afterAll(() => keyturn.close());

  it.each(NAMES)("does not survive it: tokens and links of %s", async (name) => {
    const { id, client } = await createProtectedPerson(keyturn, administrator, name);
    const token = { input: { name: "script", scopes: ["account:read"] } };
    const address = { input: { emailAddress: `${name}@elsewhere.example` } };
    const making = Array.from({ length: 8 }, () => [
      client.send(
        "mutation($input: CreateApiTokenInput!) { createApiToken(input: $input) { __typename } }",
        token,
      ),
      client.send(
        "mutation($input: ChangeEmailAddressInput!) { changeEmailAddress(input: $input) { __typename } }",
        address,
      ),
    ]).flat();
    const reset = { accountId: id, reason: "Telephone lost", revokeApiTokens: true };
    const done = await administrator.client.mutate("resetTwoFactor", reset);
    await Promise.all(making);
    expect(done.__typename).toBe("TwoFactorReset");
    const { rows } = await sql<{ left: number }>(
      keyturn.app.context.db.read,
      `SELECT (SELECT count(*) FROM api_tokens WHERE account_id = $1)
         + (SELECT count(*) FROM mail_links WHERE account_id = $1 AND ended_at IS NULL) AS "left"`,
      [id],
    );
    expect(Number(rows[0]?.left)).toBe(0);
  });
});
