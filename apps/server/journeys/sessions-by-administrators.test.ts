import { afterAll, beforeAll, expect, it } from "vitest";
import { describeOnBoth } from "./stage/databases.js";
import { type Keyturn, startKeyturn } from "./stage/keyturn.js";
import {
  createPerson,
  createProtectedPerson,
  type LoggedInPerson,
  logIn,
  logInAdministrator,
  logInWithCode,
  withToken,
} from "./stage/people.js";
import { challengeOf } from "./stage/proofs.js";

const VIEWER = "{ viewer { id } }";

describeOnBoth("sessions that an administrator ends", (kind) => {
  let keyturn: Keyturn;
  let administrator: LoggedInPerson;
  beforeAll(async () => {
    keyturn = await startKeyturn(kind);
    administrator = await logInAdministrator(keyturn);
  });
  afterAll(() => keyturn.close());
  const end = (accountId: string, reason = "Laptop stolen") =>
    administrator.client.mutate(
      ...[
        "revokeAccountSessions",
        { accountId, reason },
        "... on AccountSessionsRevoked { sessionsRevoked }",
      ],
    );

  it("are all of another's, with the login that waits for its code; tokens and password go on", async () => {
    const bob = await createProtectedPerson(keyturn, administrator, "bob");
    const made = await bob.client.mutate(
      ...["createApiToken", { name: "script", scopes: ["account:read"] }, "... on ApiTokenCreated { token }"],
    );
    const other = await logInWithCode(keyturn, bob);
    const challenge = await challengeOf(keyturn, bob);
    expect((await end(bob.id)).sessionsRevoked).toBe(2);
    for (const { client } of [bob, other])
      expect((await client.send(VIEWER)).body.errors[0].extensions.code).toBe("INVALID_CREDENTIALS");
    const proof = { verificationCode: bob.app.code(1) };
    expect((await keyturn.anyone.mutate("completeLogin", { challenge, proof })).__typename).toBe(
      "ChallengeExpired",
    );
    expect((await withToken(keyturn, made.token).query(VIEWER)).viewer.id).toBe(bob.id);
    const mail = await keyturn.mailbox.next(({ subject }) => subject.includes("sessions were ended"));
    expect([mail.to, mail.text]).toEqual(["bob@example.com", expect.stringContaining("Laptop stolen")]);
    const event = (await keyturn.events("session.revoked")).find(({ subject }) => subject === "bob");
    expect(event).toMatchObject({ actor: "admin", details: { reason: "Laptop stolen", sessions: "2" } });
    expect((await logInWithCode(keyturn, bob)).id).toBe(bob.id);
  });

  it("are one's own but the one that asks", async () => {
    const others = [await logInAdministrator(keyturn), await logInAdministrator(keyturn)];
    expect((await end(administrator.id)).sessionsRevoked).toBe(2);
    for (const { client } of others)
      expect((await client.send(VIEWER)).body.errors[0].extensions.code).toBe("INVALID_CREDENTIALS");
    expect((await administrator.client.query(VIEWER)).viewer.id).toBe(administrator.id);
    expect((await end(administrator.id)).sessionsRevoked).toBe(0);
  });

  it("are none where the reason is missing or the account unknown", async () => {
    const ann = await logIn(keyturn, await createPerson(administrator, "ann"));
    const asked = { accountId: ann.id, reason: " " };
    expect(await administrator.client.refusal("revokeAccountSessions", asked)).toBe("BAD_USER_INPUT");
    const unknown = { accountId: "018cc251-f400-7000-8000-000000000000", reason: "Lost" };
    expect(await administrator.client.refusal("revokeAccountSessions", unknown)).toBe("NOT_FOUND");
    expect((await ann.client.query(VIEWER)).viewer.id).toBe(ann.id);
  });
});
