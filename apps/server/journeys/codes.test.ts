import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mutation } from "./stage/client.js";
import { describeOnBoth } from "./stage/databases.js";
import { type Keyturn, startKeyturn } from "./stage/keyturn.js";
import {
  type AuthenticatorApp,
  createPerson,
  createProtectedPerson,
  enroll,
  type LoggedInPerson,
  logIn,
  logInAdministrator,
  type ProtectedPerson,
} from "./stage/people.js";
import { challengeOf, completeLogin, logInAtOnce, setPolicy, stepUp, WAYS } from "./stage/proofs.js";

const digit = (first: number) => (code: string) =>
  code.replace(/\d/g, (each) => String.fromCodePoint(first + Number(each)));

const ACCEPTED: [string, (code: string) => string][] = [
  ["parted in the middle", (code) => `${code.slice(0, 3)} ${code.slice(3)}`],
  ["with spaces around it", (code) => ` ${code}  `],
  ["with a space after each digit", (code) => code.replace(/\d/g, "$& ")],
  ["parted by a no-break space", (code) => `${code.slice(0, 3)}\u00a0${code.slice(3)}`],
  ["parted by an ideographic space", (code) => `${code.slice(0, 3)}\u3000${code.slice(3)}`],
];

const REFUSED: [string, (code: string) => string][] = [
  ["in full-width digits", digit(0xff10)],
  ["in Arabic-Indic digits", digit(0x0660)],
  ["without its last digit", (code) => code.slice(0, 5)],
  ["with a seventh digit", (code) => `${code}0`],
  ["twice in a row", (code) => code + code],
  ["with a dash", (code) => `${code.slice(0, 3)}-${code.slice(3)}`],
  ["with a line break", (code) => `${code}\n`],
  ["with a letter in place of a digit", (code) => `${code.slice(0, 5)}O`],
  ["with a letter after it", (code) => `${code}a`],
  ["with a NUL after it", (code) => `${code}\0`],
  ["left empty", () => ""],
  ["left blank", () => "      "],
];

describeOnBoth("a verification code", (kind) => {
  let keyturn: Keyturn;
  let administrator: LoggedInPerson;
  let people = 0;
  const someone = (): Promise<ProtectedPerson> => {
    people += 1;
    return createProtectedPerson(keyturn, administrator, `person-${people}`);
  };
  const nextStep = (): void => keyturn.clock.advance({ seconds: 30 });
  const kindOf = async (way: typeof stepUp, person: ProtectedPerson, verificationCode: string) =>
    (await way(keyturn, person, { verificationCode })).answer.__typename;

  beforeAll(async () => {
    keyturn = await startKeyturn(kind);
    administrator = await logInAdministrator(keyturn);
    await setPolicy(administrator, { maximumFailedAttempts: 1000 });
  });
  afterAll(() => keyturn.close());

  it.each(WAYS)(
    "works once by $name, and there the one that confirmed the enrollment not at all",
    async (way) => {
      const person = await someone();
      const confirming = await way.prove(keyturn, person, { verificationCode: person.app.code() });
      expect(confirming.answer.__typename).toBe("InvalidVerificationCode");
      nextStep();
      const verificationCode = person.app.code();
      const first = await way.prove(keyturn, confirming.person, { verificationCode });
      expect(first.answer.__typename).toBe(way.success);
      if (way.name === "disableTwoFactor") return;
      expect(await kindOf(logInAtOnce, first.person, verificationCode)).toBe("InvalidVerificationCode");
      expect(await kindOf(stepUp, first.person, verificationCode)).toBe("InvalidVerificationCode");
      nextStep();
      expect(await kindOf(logInAtOnce, first.person, person.app.code())).toBe("LoggedIn");
    },
  );

  it("is refused after a newer one was used", async () => {
    const person = await someone();
    nextStep();
    const older = person.app.code();
    expect(await kindOf(logInAtOnce, person, person.app.code(1))).toBe("LoggedIn");
    expect(await kindOf(logInAtOnce, person, older)).toBe("InvalidVerificationCode");
    expect(await kindOf(completeLogin, person, older)).toBe("InvalidVerificationCode");
  });

  it("is accepted one step before and one step after its own, and no further, up to the edge of a step", async () => {
    const person = await someone();
    keyturn.clock.advance({ seconds: 120 });
    for (const seconds of [0, 29.999]) {
      keyturn.clock.advance({ seconds });
      for (const far of [-3, -2, 2, 3])
        expect(await kindOf(logInAtOnce, person, person.app.code(far))).toBe("InvalidVerificationCode");
      keyturn.clock.advance({ seconds: -seconds });
    }
    for (const near of [-1, 0, 1])
      expect(await kindOf(logInAtOnce, person, person.app.code(near))).toBe("LoggedIn");
  });

  it("has no second life when the clock is set back", async () => {
    const person = await someone();
    nextStep();
    const now = keyturn.clock.now();
    const code = person.app.code();
    expect(await kindOf(logInAtOnce, person, code)).toBe("LoggedIn");
    for (const back of [1, 30_000, 45_000, 3_600_000]) {
      keyturn.clock.set(now - back);
      expect(await kindOf(logInAtOnce, person, code)).toBe("InvalidVerificationCode");
      expect(await kindOf(logInAtOnce, person, person.app.code())).toBe("InvalidVerificationCode");
    }
    keyturn.clock.set(now + 30_000);
    expect(await kindOf(logInAtOnce, person, person.app.code())).toBe("LoggedIn");
  });

  it("gets one and the same answer where it is wrong, used or out of its window", async () => {
    const person = await someone();
    const { loginName, password, app } = person;
    nextStep();
    const used = app.code();
    expect(await kindOf(stepUp, person, used)).toBe("SteppedUp");
    const answers = [];
    for (const verificationCode of [used, app.code(-9), app.code(9), wrongCode(app), "no code"]) {
      const input = { loginName, password, proof: { verificationCode } };
      const selection = "... on InvalidVerificationCode { clockSkewSeconds }";
      const { status, text } = await keyturn.anyone.send(mutation("login", selection), { input });
      answers.push(`${status} ${text}`);
    }
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toContain('"message":"The verification code is not valid.","path":null');
    expect(answers[0]).toContain('"clockSkewSeconds":null');
  });

  it("tells its owner by mail, once a day, that a wrong one followed the right password", async () => {
    const person = await someone();
    const warnings = (): number =>
      keyturn.mailbox.received.filter(
        ({ to, subject }) =>
          to.startsWith(`${person.loginName}@`) && subject.includes("wrong verification code"),
      ).length;
    for (const hours of [0, 23.9]) {
      keyturn.clock.advance({ seconds: hours * 3600 });
      await kindOf(logInAtOnce, person, wrongCode(person.app));
    }
    keyturn.clock.advance({ seconds: 3600 });
    await kindOf(completeLogin, person, wrongCode(person.app));
    await expect.poll(warnings).toBe(2);
  });

  describe("as it is typed", () => {
    let person: ProtectedPerson;
    beforeAll(async () => {
      // The one before has ended: a day went by.
      administrator = await logInAdministrator(keyturn);
      person = await someone();
    });

    it.each(ACCEPTED)("is accepted %s", async (_form, write) => {
      nextStep();
      expect(await kindOf(logInAtOnce, person, write(person.app.code()))).toBe("LoggedIn");
    });

    it.each(REFUSED)("is refused %s, and not used up by it", async (_form, write) => {
      nextStep();
      expect(await kindOf(logInAtOnce, person, write(person.app.code()))).toBe("InvalidVerificationCode");
      expect(await kindOf(logInAtOnce, person, person.app.code())).toBe("LoggedIn");
    });

    it.each([
      ["a number", { verificationCode: 123_456 }],
      ["a list", { verificationCode: ["123456"] }],
      ["an object", { verificationCode: { code: "123456" } }],
      ["null", { verificationCode: null }],
      ["absent", {}],
      ["one of two proofs", { verificationCode: "123456", recoveryCode: "ABCD-EFGH-JKMN-PQRS" }],
      ["beside a null", { verificationCode: "123456", recoveryCode: null }],
    ])("is refused by its type where it is %s, before anything is compared", async (_form, proof) => {
      const { loginName, password } = person;
      const before = (await keyturn.events()).length;
      const answer = await keyturn.anyone.send(mutation("login"), { input: { loginName, password, proof } });
      expect(answer).toMatchObject({
        status: 400,
        body: { errors: [{ extensions: { code: "BAD_USER_INPUT" } }] },
      });
      expect(await keyturn.events()).toHaveLength(before);
    });

    it.each(["123456", '["123456"]', "null"])("is refused by its type as the literal %s", async (literal) => {
      const input = `{ challenge: "ktc_", proof: { verificationCode: ${literal} } }`;
      const { status, body } = await keyturn.anyone.send(
        `mutation { completeLogin(input: ${input}) { __typename } }`,
      );
      expect([status, body.errors[0].extensions.code]).toEqual([400, "GRAPHQL_VALIDATION_FAILED"]);
    });
  });

  describe("sent many times at once", () => {
    const tally = (answers: readonly string[]): Record<string, number> =>
      Object.fromEntries(
        [...new Set(answers)].map((each) => [each, answers.filter((one) => one === each).length]),
      );

    it("logs in once of 50 times, each with a challenge of its own", async () => {
      const person = await someone();
      const challenges: string[] = [];
      for (let count = 0; count < 50; count += 1) challenges.push(await challengeOf(keyturn, person));
      nextStep();
      const proof = { verificationCode: person.app.code() };
      const answers = await Promise.all(
        challenges.map((challenge) => keyturn.anyone.mutate("completeLogin", { challenge, proof })),
      );
      const kinds = tally(answers.map(({ __typename }) => __typename));
      expect(kinds).toEqual({ LoggedIn: 1, InvalidVerificationCode: 49 });
    });

    it("steps up once of 50 times", async () => {
      const person = await someone();
      nextStep();
      const input = { password: person.password, proof: { verificationCode: person.app.code() } };
      const answers = await Promise.all(
        Array.from({ length: 50 }, () => person.client.send(mutation("stepUp"), { input })),
      );
      // The token is renewed by the one that succeeds: whoever comes after it is not even let in.
      const kinds = answers.map(({ body }) => body.data?.stepUp.__typename ?? body.errors[0].extensions.code);
      const { SteppedUp, InvalidVerificationCode = 0, INVALID_CREDENTIALS = 0 } = tally(kinds);
      expect([SteppedUp, InvalidVerificationCode + INVALID_CREDENTIALS]).toEqual([1, 49]);
    });

    it("confirms an enrollment once of ten times", async () => {
      const person = await logIn(keyturn, await createPerson(administrator, "ten"));
      const { id, app } = await enroll(keyturn, person);
      const input = { enrollmentId: id, verificationCode: app.code() };
      const answers = await Promise.all(
        Array.from({ length: 10 }, () => person.client.send(mutation("confirmTwoFactor"), { input })),
      );
      const confirmed = answers.filter(
        ({ body }) => body.data?.confirmTwoFactor.__typename === "TwoFactorConfirmed",
      );
      expect(confirmed).toHaveLength(1);
    });
  });
});

/** Six digits that no step within an hour shows. */
function wrongCode(app: AuthenticatorApp): string {
  const shown = new Set(Array.from({ length: 241 }, (_, step) => app.code(step - 120)));
  const wrong = Array.from({ length: 1000 }, (_, number) => String(number).padStart(6, "0"));
  return wrong.find((code) => !shown.has(code)) ?? "";
}
