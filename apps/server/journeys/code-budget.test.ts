import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { changeRows, countComparisons, countersOf, setPolicy } from "./stage/counters.js";
import { describeOnBoth } from "./stage/databases.js";
import { type Keyturn, startKeyturn } from "./stage/keyturn.js";
import {
  createProtectedPerson,
  enroll,
  LOGIN,
  type LoggedInPerson,
  logIn,
  logInAdministrator,
  type ProtectedPerson,
  turnTwoFactorOn,
  withToken,
} from "./stage/people.js";

const WRONG = { verificationCode: "000000" };

describeOnBoth("the budget of wrong codes", (kind) => {
  let keyturn: Keyturn;
  let administrator: LoggedInPerson;
  let bob: ProtectedPerson;
  let count = 0;

  const logInWith = (proof?: object) =>
    keyturn.anyone.mutate("login", { loginName: bob.loginName, password: bob.password, proof }, LOGIN);
  const rightCode = () => {
    keyturn.clock.advance({ seconds: 30 });
    return { verificationCode: bob.app.code() };
  };
  const spend = (codes: number): Promise<void> =>
    changeRows(keyturn, "UPDATE accounts SET wrong_codes = $2 WHERE id = $1", [bob.id, codes]);
  const isExhausted = async (): Promise<boolean> => {
    const { viewer } = await bob.client.query("{ viewer { twoFactor { verificationCodesExhausted } } }");
    return viewer.twoFactor.verificationCodesExhausted;
  };

  beforeAll(async () => {
    keyturn = await startKeyturn(kind);
    await setPolicy(keyturn, { maximumFailedAttempts: 1000 });
  });
  afterAll(() => keyturn.close());
  beforeEach(async () => {
    administrator = await logInAdministrator(keyturn);
    count += 1;
    bob = await createProtectedPerson(keyturn, administrator, `bob-${count}`);
  });

  it("lets exactly 100 be compared, however many come at once", async () => {
    await spend(85);
    const challenges: string[] = [];
    for (let time = 0; time < 5; time += 1) challenges.push((await logInWith()).challenge);
    const compared = countComparisons(keyturn);
    const document = "mutation($input: CompleteLoginInput!) { completeLogin(input: $input) { __typename } }";
    const answers = await Promise.all(
      challenges
        .flatMap((challenge) => Array(5).fill(challenge))
        .map((challenge) => keyturn.anyone.send(document, { input: { challenge, proof: WRONG } })),
    );
    for (const { body } of answers)
      expect(body.data.completeLogin.__typename).toBe("InvalidVerificationCode");
    expect(compared.codes()).toBe(15);
    expect(await countersOf(keyturn, bob.loginName)).toMatchObject({ failed: 25, wrongCodes: 100 });
    expect(await isExhausted()).toBe(true);
  });

  it("starts again with each right code before it is spent", async () => {
    await spend(99);
    expect(await isExhausted()).toBe(false);
    expect((await logInWith(rightCode())).__typename).toBe("LoggedIn");
    expect((await countersOf(keyturn, bob.loginName)).wrongCodes).toBe(0);
  });

  it("once spent keeps right codes out on every path, and challenges ask for a recovery code alone", async () => {
    await spend(99);
    const { challenge, methods } = await logInWith();
    expect(methods).toEqual(["TOTP", "RECOVERY_CODE"]);
    await logInWith(WRONG);
    expect((await logInWith()).methods).toEqual(["RECOVERY_CODE"]);
    const compared = countComparisons(keyturn);
    const { client, password } = bob;
    const proof = rightCode();
    for (const answer of [
      await logInWith(proof),
      await keyturn.anyone.mutate("completeLogin", { challenge, proof }),
      await client.mutate("stepUp", { password, proof }),
      await client.mutate("regenerateRecoveryCodes", { proof }),
      await client.mutate("disableTwoFactor", { proof }),
    ])
      expect(answer).toMatchObject({
        __typename: "InvalidVerificationCode",
        message: "The verification code is not valid.",
      });
    expect(compared.codes()).toBe(0);
    expect((await countersOf(keyturn, bob.loginName)).wrongCodes).toBe(100);
  });

  it("is not charged for a wrong password, nor for a lock", async () => {
    await spend(50);
    const input = { loginName: bob.loginName, password: "wrong-password", proof: WRONG };
    expect((await keyturn.anyone.mutate("login", input)).__typename).toBe("InvalidLogin");
    const text = "UPDATE accounts SET locked_at = $2, locked_until = $3 WHERE id = $1";
    const now = keyturn.clock.now();
    await changeRows(keyturn, text, [bob.id, now, now + 60_000]);
    expect((await logInWith(WRONG)).__typename).toBe("AccountLocked");
    expect((await countersOf(keyturn, bob.loginName)).wrongCodes).toBe(50);
  });

  it("starts again with a recovery code", async () => {
    await spend(100);
    const wrong = await logInWith({ recoveryCode: "AAAA-AAAA-AAAA-AAAA" });
    expect(wrong.__typename).toBe("InvalidVerificationCode");
    expect((await logInWith(rightCode())).__typename).toBe("InvalidVerificationCode");
    expect((await logInWith({ recoveryCode: bob.recoveryCodes[0] })).__typename).toBe("LoggedIn");
    expect(await isExhausted()).toBe(false);
    expect((await logInWith(rightCode())).__typename).toBe("LoggedIn");
  });

  it("starts again with an administrator's unlock", async () => {
    await spend(100);
    await administrator.client.mutate("unlockAccount", { accountId: bob.id });
    expect((await logInWith()).methods).toEqual(["TOTP", "RECOVERY_CODE"]);
    expect((await logInWith(rightCode())).__typename).toBe("LoggedIn");
  });

  it("stays spent by an unlock with a token, which would let whoever holds it guess on", async () => {
    const asked = { name: "script", scopes: ["admin:write"] };
    const { token } = await administrator.client.mutate(
      "createApiToken",
      asked,
      "... on ApiTokenCreated { token }",
    );
    const text = "UPDATE accounts SET locked_at = $2, failed_attempts = 10 WHERE id = $1";
    await spend(100);
    await changeRows(keyturn, text, [bob.id, keyturn.clock.now()]);
    await withToken(keyturn, token).mutate("unlockAccount", { accountId: bob.id });
    expect(await countersOf(keyturn, bob.loginName)).toMatchObject({
      failed: 0,
      lockedAt: null,
      wrongCodes: 100,
    });
    expect((await logInWith()).methods).toEqual(["RECOVERY_CODE"]);
  });

  it("starts again with the end of the last authenticator", async () => {
    await spend(100);
    await administrator.client.mutate("resetTwoFactor", { accountId: bob.id, reason: "Lost" });
    expect((await countersOf(keyturn, bob.loginName)).wrongCodes).toBe(0);
    bob = await turnTwoFactorOn(keyturn, await logIn(keyturn, bob));
    await spend(100);
    const proof = { recoveryCode: bob.recoveryCodes[0] };
    expect((await bob.client.mutate("disableTwoFactor", { proof })).__typename).toBe("TwoFactorDisabled");
    bob = await turnTwoFactorOn(keyturn, await logIn(keyturn, bob));
    expect((await logInWith(rightCode())).__typename).toBe("LoggedIn");
  });

  it("stays spent by a new password, and by a further authenticator", async () => {
    const { id, app } = await enroll(keyturn, bob, "Second");
    await spend(100);
    const input = { enrollmentId: id, verificationCode: app.code() };
    const confirmed = await bob.client.mutate("confirmTwoFactor", input);
    expect(confirmed.__typename).toBe("TwoFactorConfirmed");
    expect((await countersOf(keyturn, bob.loginName)).wrongCodes).toBe(100);
    await keyturn.anyone.mutate("requestPasswordReset", { loginName: bob.loginName });
    const isReset = ({ subject }: { subject: string }) => subject.startsWith("Set a new password");
    const { text } = await keyturn.mailbox.next(isReset);
    const token = /ktm_\w+/.exec(text)?.[0];
    const newPassword = "copper-window-drift-3";
    await keyturn.anyone.mutate("resetPassword", { token, newPassword });
    bob = { ...bob, password: newPassword };
    expect((await logInWith()).methods).toEqual(["RECOVERY_CODE"]);
  });
});
