import { afterAll, beforeAll, expect, it } from "vitest";
import { countComparisons, countersOf } from "./stage/counters.js";
import { describeOnBoth } from "./stage/databases.js";
import { type Keyturn, startKeyturn } from "./stage/keyturn.js";
import {
  type AuthenticatorApp,
  addAuthenticator,
  createProtectedPerson,
  enroll,
  type LoggedInPerson,
  logIn,
  logInAdministrator,
  type ProtectedPerson,
} from "./stage/people.js";
import { logInAtOnce, type Proof, setPolicy } from "./stage/proofs.js";

const LIST = "{ viewer { twoFactor { authenticators { id name createdAt lastUsedAt } } } }";

describeOnBoth("authenticators", (kind) => {
  let keyturn: Keyturn;
  let administrator: LoggedInPerson;
  let people = 0;
  const someone = (): Promise<ProtectedPerson> => {
    people += 1;
    return createProtectedPerson(keyturn, administrator, `person-${people}`);
  };
  const list = async ({ client }: LoggedInPerson): Promise<{ id: string; name: string }[]> =>
    (await client.query(LIST)).viewer.twoFactor.authenticators;
  const remove = async ({ client }: LoggedInPerson, id: string | undefined, proof: Proof): Promise<string> =>
    (await client.mutate("removeAuthenticator", { id, proof })).__typename;
  const logInBy = async (person: ProtectedPerson, app: AuthenticatorApp): Promise<string> =>
    (await logInAtOnce(keyturn, person, { verificationCode: app.code() })).answer.__typename;
  const nextStep = (): void => keyturn.clock.advance({ seconds: 30 });
  const mailsTo = async ({ loginName }: LoggedInPerson): Promise<string[]> => {
    await keyturn.settle();
    const mails = keyturn.mailbox.received.filter(({ to }) => to === `${loginName}@example.com`);
    return mails.map(({ subject, text }) => `${subject}: ${text}`);
  };

  beforeAll(async () => {
    keyturn = await startKeyturn(kind);
    administrator = await logInAdministrator(keyturn);
    await setPolicy(administrator, { maximumFailedAttempts: 1000 });
  });
  afterAll(() => keyturn.close());

  it("stand side by side: the old one works until the new one is confirmed, and after", async () => {
    const person = await someone();
    nextStep();
    const { id, app } = await enroll(keyturn, person, "Tablet");
    expect(await logInBy(person, app)).toBe("InvalidVerificationCode");
    expect(await logInBy(person, person.app)).toBe("LoggedIn");
    const input = { enrollmentId: id, verificationCode: app.code() };
    const selection =
      "... on TwoFactorConfirmed { recoveryCodes sessionsRevoked authenticator { name lastUsedAt } }";
    expect(await person.client.mutate("confirmTwoFactor", input, selection)).toEqual({
      ...{ __typename: "TwoFactorConfirmed", recoveryCodes: null, sessionsRevoked: 0 },
      authenticator: { name: "Tablet", lastUsedAt: null },
    });
    nextStep();
    expect([await logInBy(person, app), await logInBy(person, person.app)]).toEqual(["LoggedIn", "LoggedIn"]);
    expect(await mailsTo(person)).toContainEqual(
      expect.stringMatching(/An authenticator was added.*Tablet/s),
    );
    const added = await keyturn.events("two-factor.authenticator-added");
    expect(added.at(-1)).toMatchObject({ actor: person.loginName, credential: "SESSION" });
    const [code = ""] = person.recoveryCodes;
    expect((await logInAtOnce(keyturn, person, { recoveryCode: code })).answer.__typename).toBe("LoggedIn");
  });

  it("each use their own codes up: one's used code says nothing of the other's", async () => {
    const further = await addAuthenticator(keyturn, await someone(), "Tablet");
    const { person } = further;
    nextStep();
    expect(await logInBy(person, further.app)).toBe("LoggedIn");
    expect(await logInBy(person, further.app)).toBe("InvalidVerificationCode");
    expect(await logInBy(person, person.app)).toBe("LoggedIn");
  });

  it("are five at most", async () => {
    let person = await someone();
    for (const name of ["two", "three", "four", "five"])
      person = (await addAuthenticator(keyturn, person, name)).person;
    const selection = "... on LimitReached { limit }";
    const sixth = await person.client.mutate("enrollTwoFactor", {}, selection);
    expect(sixth).toMatchObject({ __typename: "LimitReached", code: "LIMIT_REACHED", limit: 5 });
    const five = await list(person);
    expect(five.map(({ name }) => name).sort()).toEqual(["Authenticator", "five", "four", "three", "two"]);
    nextStep();
    const proof = { verificationCode: person.app.code() };
    expect(await remove(person, five.find(({ name }) => name === "two")?.id, proof)).toBe(
      "AuthenticatorRemoved",
    );
    expect((await person.client.mutate("enrollTwoFactor", {})).__typename).toBe("TwoFactorEnrollment");
  });

  it("are told apart without a name given: the second is called by a number", async () => {
    let person = await someone();
    for (const _ of ["second", "third"]) person = (await addAuthenticator(keyturn, person)).person;
    const names = (await list(person)).map(({ name }) => name);
    expect(names.sort()).toEqual(["Authenticator", "Authenticator 2", "Authenticator 3"]);
  });

  it("are listed with their names and their last use, and without a secret", async () => {
    const { person } = await addAuthenticator(keyturn, await someone(), "  Work telephone ");
    nextStep();
    await logInBy(person, person.app);
    const used = new Date(keyturn.clock.now()).toISOString();
    const shown = await list(person);
    expect(shown).toHaveLength(2);
    expect(shown).toContainEqual(expect.objectContaining({ name: "Work telephone", lastUsedAt: null }));
    expect(shown).toContainEqual(expect.objectContaining({ name: "Authenticator", lastUsedAt: used }));
    const fields = '{ __type(name: "Authenticator") { fields { name } } }';
    const { __type } = await person.client.query(fields);
    const names = __type.fields.map(({ name }: { name: string }) => name);
    expect(names.sort()).toEqual(["createdAt", "id", "lastUsedAt", "name"]);
  });

  it("are renamed by their owner alone", async () => {
    const [ann, bob] = [await someone(), await someone()];
    const [{ id } = { id: "" }] = await list(ann);
    const selection = "... on AuthenticatorRenamed { authenticator { id name } }";
    const renamed = await ann.client.mutate("renameAuthenticator", { id, name: "Pixel" }, selection);
    expect(renamed.authenticator).toEqual({ id, name: "Pixel" });
    for (const { client } of [bob, administrator])
      expect(await client.refusal("renameAuthenticator", { id, name: "Mine" })).toBe("NOT_FOUND");
    for (const name of ["", " ", "x".repeat(101), "a\u0007b"])
      expect(await ann.client.refusal("renameAuthenticator", { id, name })).toBe("BAD_USER_INPUT");
    expect((await list(ann)).map(({ name }) => name)).toEqual(["Pixel"]);
    const [event] = (await keyturn.events("two-factor.authenticator-renamed")).slice(-1);
    expect(event).toMatchObject({ actor: ann.loginName, details: { authenticator: id, name: "Pixel" } });
  });

  it.each([
    ["a code of the one that stays", "person"],
    ["its own code", "further"],
    ["a recovery code", "recovery"],
  ])("are removed by %s", async (_proof, by) => {
    const { id, app, person } = await addAuthenticator(keyturn, await someone(), "Tablet");
    nextStep();
    const verificationCode = (by === "further" ? app : person.app).code();
    const [recoveryCode = ""] = person.recoveryCodes;
    const proof = by === "recovery" ? { recoveryCode } : { verificationCode };
    expect(await remove(person, id, proof)).toBe("AuthenticatorRemoved");
    expect((await list(person)).map(({ name }) => name)).toEqual(["Authenticator"]);
    nextStep();
    expect(await logInBy(person, app)).toBe("InvalidVerificationCode");
    expect(await logInBy(person, person.app)).toBe("LoggedIn");
    expect(await mailsTo(person)).toContainEqual(
      expect.stringMatching(/An authenticator was removed.*Tablet/s),
    );
  });

  it("are not removed by being signed in alone: a wrong or a used code removes nothing", async () => {
    const { id, person } = await addAuthenticator(keyturn, await someone(), "Tablet");
    for (const far of [0, 99])
      expect(await remove(person, id, { verificationCode: person.app.code(far) })).toBe(
        "InvalidVerificationCode",
      );
    expect(await list(person)).toHaveLength(2);
    const failed = await keyturn.events("proof.failed");
    expect(failed.filter(({ actor }) => actor === person.loginName)).toHaveLength(2);
  });

  it("keep their last one, and then no proof is compared", async () => {
    const person = await someone();
    nextStep();
    const [only] = await list(person);
    const compared = countComparisons(keyturn);
    expect(await remove(person, only?.id, { verificationCode: person.app.code() })).toBe("LastAuthenticator");
    expect(compared.codes()).toBe(0);
    expect(await logInBy(person, person.app)).toBe("LoggedIn");
  });

  it("keep their last one also where two are removed at once", async () => {
    const { id, app, person } = await addAuthenticator(keyturn, await someone(), "Tablet");
    const first = (await list(person)).find((each) => each.id !== id);
    nextStep();
    const answers = await Promise.all([
      remove(person, id, { verificationCode: person.app.code() }),
      remove(person, first?.id, { verificationCode: app.code() }),
    ]);
    expect(answers.filter((answer) => answer === "AuthenticatorRemoved")).toHaveLength(1);
    expect(await list(person)).toHaveLength(1);
  });

  it("of another account are nothing that anybody may remove", async () => {
    const [ann, bob] = [await someone(), await someone()];
    const [annsOwn] = await list(ann);
    nextStep();
    const input = { id: annsOwn?.id, proof: { verificationCode: bob.app.code() } };
    expect(await bob.client.refusal("removeAuthenticator", input)).toBe("NOT_FOUND");
    expect(await bob.client.refusal("removeAuthenticator", { ...input, id: "no-id" })).toBe("NOT_FOUND");
    expect(await administrator.client.refusal("removeAuthenticator", input)).toBe("NOT_FOUND");
    expect((await countersOf(keyturn, bob.loginName)).failed).toBe(0);
  });

  it("move to a new device: added first, the old one removed after, and login asks the new one", async () => {
    const person = await someone();
    const [old] = await list(person);
    const { app, person: after } = await addAuthenticator(keyturn, person, "New telephone");
    nextStep();
    expect(await remove(after, old?.id, { verificationCode: app.code() })).toBe("AuthenticatorRemoved");
    await expect(logIn(keyturn, after)).rejects.toThrow("TwoFactorChallenge");
    nextStep();
    expect([await logInBy(after, person.app), await logInBy(after, app)]).toEqual([
      "InvalidVerificationCode",
      "LoggedIn",
    ]);
  });
});
