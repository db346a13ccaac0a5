import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { bearer, mutation } from "./stage/client.js";
import { describeOnBoth } from "./stage/databases.js";
import { mayPass } from "./stage/forward-auth.js";
import { type Keyturn, startKeyturn } from "./stage/keyturn.js";
import {
  createPerson,
  createProtectedPerson,
  LOGGED_IN,
  LOGIN,
  type LoggedInPerson,
  logIn,
  logInAdministrator,
  logInWithCode,
  type ProtectedPerson,
  withPassword,
  withToken,
} from "./stage/people.js";
import { challengeOf } from "./stage/proofs.js";

const VIEWER = "{ viewer { id } }";
const SUSPENDED = "... on AccountSuspended { sessionsRevoked account { status } }";
const TOKEN = "... on ApiTokenCreated { token }";

describeOnBoth("a suspended account", (kind) => {
  let keyturn: Keyturn;
  let administrator: LoggedInPerson;
  let people = 0;

  const nextName = (): string => {
    people += 1;
    return `person-${people}`;
  };
  const suspend = ({ id }: { id: string }, reason = "Left the organization") =>
    administrator.client.mutate("suspendAccount", { accountId: id, reason }, SUSPENDED);
  const reinstate = ({ id }: { id: string }) =>
    administrator.client.mutate(
      ...["reinstateAccount", { accountId: id }, "... on AccountReinstated { account { status } }"],
    );
  const plain = async (): Promise<LoggedInPerson> =>
    await logIn(keyturn, await createPerson(administrator, nextName()));
  const codeOf = async (person: ProtectedPerson): Promise<{ verificationCode: string }> => {
    keyturn.clock.advance({ seconds: 30 });
    return { verificationCode: person.app.code() };
  };
  const tokenOf = async ({ client }: LoggedInPerson): Promise<string> =>
    (await client.mutate("createApiToken", { name: "script", scopes: ["account:read"] }, TOKEN)).token;
  const codeOfRefusal = async ({ send }: LoggedInPerson["client"]): Promise<string | undefined> =>
    (await send(VIEWER)).body.errors?.[0].extensions.code;

  beforeAll(async () => {
    keyturn = await startKeyturn(kind);
  });
  afterAll(() => keyturn.close());
  beforeEach(async () => {
    administrator = await logInAdministrator(keyturn);
  });

  describe("has refused at once", () => {
    it("its password, with a request and at a login, in the words for a wrong one", async () => {
      const ann = await plain();
      expect((await withPassword(keyturn, ann).query(VIEWER)).viewer.id).toBe(ann.id);
      expect(await suspend(ann)).toEqual({
        ...{ __typename: "AccountSuspended", sessionsRevoked: 1, account: { status: "SUSPENDED" } },
      });
      expect(await codeOfRefusal(withPassword(keyturn, ann))).toBe("INVALID_CREDENTIALS");
      const { loginName, password } = ann;
      const suspended = await keyturn.anyone.mutate("login", { loginName, password }, LOGIN);
      const unknown = await keyturn.anyone.mutate("login", { loginName: nextName(), password }, LOGIN);
      expect(suspended).toEqual(unknown);
    });

    it("its sessions and its API tokens, for GraphQL and for other APIs", async () => {
      const ann = await plain();
      const other = await logIn(keyturn, ann);
      const token = await tokenOf(ann);
      for (const each of [ann.token, other.token, token])
        expect((await mayPass(keyturn, { headers: bearer(each) })).status).toBe(204);
      expect((await suspend(ann)).sessionsRevoked).toBe(2);
      for (const each of [ann.token, other.token, token]) {
        expect(await codeOfRefusal(withToken(keyturn, each))).toBe("INVALID_CREDENTIALS");
        expect((await mayPass(keyturn, { headers: bearer(each) })).status).toBe(401);
      }
    });

    it("a login that waits for its code, though the code is right", async () => {
      const bob = await createProtectedPerson(keyturn, administrator, nextName());
      const challenge = await challengeOf(keyturn, bob);
      await suspend(bob);
      const proof = await codeOf(bob);
      const answer = await keyturn.anyone.mutate("completeLogin", { challenge, proof }, LOGGED_IN);
      expect(answer.__typename).toBe("ChallengeExpired");
      await reinstate(bob);
      const again = { challenge, proof: await codeOf(bob) };
      expect((await keyturn.anyone.mutate("completeLogin", again)).__typename).toBe("ChallengeExpired");
    });

    it("an enrollment that waits for its first code", async () => {
      const ann = await plain();
      const enrolling = await ann.client.mutate("enrollTwoFactor", {}, "... on TwoFactorEnrollment { id }");
      await suspend(ann);
      const input = { enrollmentId: enrolling.id, verificationCode: "000000" };
      expect(await ann.client.refusal("confirmTwoFactor", input)).toBe("INVALID_CREDENTIALS");
    });

    it("links that were mailed, also after it was reinstated; and it is mailed none", async () => {
      const ann = await plain();
      const address = `${ann.loginName}@example.com`;
      const isReset = ({ to, text }: { to: string; text: string }) => to === address && text.includes("ktm_");
      await keyturn.anyone.mutate("requestPasswordReset", { loginName: ann.loginName });
      const { text } = await keyturn.mailbox.next(isReset);
      const [, token] = /\/reset-password\/(ktm_\w+)/.exec(text) ?? [];
      const use = async (): Promise<string> =>
        (await keyturn.anyone.mutate("resetPassword", { token, newPassword: "seven-quiet-lanterns" }))
          .__typename;
      await suspend(ann);
      expect(await use()).toBe("InvalidMailToken");
      await keyturn.anyone.mutate("requestPasswordReset", { loginName: ann.loginName });
      await keyturn.settle();
      expect(keyturn.mailbox.received.filter(isReset)).toHaveLength(1);
      await reinstate(ann);
      expect(await use()).toBe("InvalidMailToken");
    });

    it("what it asks for in the very moment: no session of it is left", async () => {
      for (let round = 0; round < 4; round += 1) {
        const ann = await createPerson(administrator, nextName());
        const { loginName, password } = ann;
        const logins = Array.from({ length: 6 }, () =>
          keyturn.anyone.send(mutation("login", LOGIN), { input: { loginName, password } }),
        );
        await suspend(ann);
        await Promise.all(logins);
        const text = "query($id: ID!) { account(id: $id) { status sessions { id } } }";
        const { account } = await administrator.client.query(text, { id: ann.id });
        expect(account).toEqual({ status: "SUSPENDED", sessions: [] });
      }
    });
  });

  it("leaves an event with the reason, and none of a reinstatement that changed nothing", async () => {
    const ann = await plain();
    await suspend(ann, "  Lost the laptop ");
    const suspended = await keyturn.events("account.suspended");
    expect(suspended.find(({ subject }) => subject === ann.loginName)).toMatchObject({
      ...{ actor: "admin", credential: "SESSION" },
      details: { reason: "Lost the laptop", sessionsRevoked: "1" },
    });
    await reinstate(ann);
    expect((await reinstate(ann)).account.status).toBe("ACTIVE");
    const reinstated = await keyturn.events("account.reinstated");
    expect(reinstated.filter(({ subject }) => subject === ann.loginName)).toHaveLength(1);
  });

  it.each(["", "   ", "a".repeat(501), "line\nline"])(
    "is not suspended for the reason %j",
    async (reason) => {
      const ann = await plain();
      const { body } = await administrator.client.send(mutation("suspendAccount"), {
        input: { accountId: ann.id, reason },
      });
      expect(body.errors[0].extensions).toMatchObject({ code: "BAD_USER_INPUT", path: ["input", "reason"] });
      expect((await ann.client.query(VIEWER)).viewer.id).toBe(ann.id);
    },
  );

  describe("that is reinstated", () => {
    it("logs in by the same password; its sessions and tokens do not come back", async () => {
      const ann = await plain();
      const token = await tokenOf(ann);
      await suspend(ann);
      expect((await reinstate(ann)).account.status).toBe("ACTIVE");
      expect(await codeOfRefusal(ann.client)).toBe("INVALID_CREDENTIALS");
      expect(await codeOfRefusal(withToken(keyturn, token))).toBe("INVALID_CREDENTIALS");
      expect((await logIn(keyturn, ann)).id).toBe(ann.id);
    });

    it("is asked for the same second factor, and its password alone opens nothing", async () => {
      const bob = await createProtectedPerson(keyturn, administrator, nextName());
      await suspend(bob);
      await reinstate(bob);
      expect(await codeOfRefusal(withPassword(keyturn, bob))).toBe("CREDENTIAL_NOT_ACCEPTED");
      await challengeOf(keyturn, bob);
      expect((await logInWithCode(keyturn, bob)).id).toBe(bob.id);
      const proof = { recoveryCode: bob.recoveryCodes[0] };
      const { loginName, password } = bob;
      const answer = await keyturn.anyone.mutate("login", { loginName, password, proof }, LOGIN);
      expect(answer).toMatchObject({ __typename: "LoggedIn", recoveryCodesRemaining: 9 });
    });
  });
});
