import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mutation } from "./stage/client.js";
import { describeOnBoth } from "./stage/databases.js";
import { type Keyturn, startKeyturn } from "./stage/keyturn.js";
import {
  createProtectedPerson,
  type LoggedInPerson,
  logInAdministrator,
  type ProtectedPerson,
  turnTwoFactorOn,
} from "./stage/people.js";
import { completeLogin, logInAtOnce, setPolicy, stepUp, WAYS } from "./stage/proofs.js";

const REMAINING = "{ viewer { twoFactor { recoveryCodesRemaining } } }";

describeOnBoth("a recovery code", (kind) => {
  let keyturn: Keyturn;
  let administrator: LoggedInPerson;
  let people = 0;
  const someone = (): Promise<ProtectedPerson> => {
    people += 1;
    return createProtectedPerson(keyturn, administrator, `person-${people}`);
  };
  const remaining = async ({ client }: LoggedInPerson): Promise<number> =>
    (await client.query(REMAINING)).viewer.twoFactor.recoveryCodesRemaining;
  const codeOf = ({ recoveryCodes }: ProtectedPerson, index = 0): { recoveryCode: string } => ({
    recoveryCode: recoveryCodes[index] ?? "",
  });
  const kindOf = async (person: ProtectedPerson, recoveryCode: string): Promise<string> =>
    (await logInAtOnce(keyturn, person, { recoveryCode })).answer.__typename;
  const mailsTo = async ({ loginName }: ProtectedPerson, subject: string): Promise<string[]> => {
    await keyturn.settle();
    const mails = keyturn.mailbox.received.filter(
      (mail) => mail.to === `${loginName}@example.com` && mail.subject.startsWith(subject),
    );
    return mails.map(({ text }) => text);
  };

  beforeAll(async () => {
    keyturn = await startKeyturn(kind);
    administrator = await logInAdministrator(keyturn);
    await setPolicy(administrator, { maximumFailedAttempts: 1000 });
  });
  afterAll(() => keyturn.close());

  it("is one of ten different ones, each of 80 bits, shown when two-factor is turned on", async () => {
    const person = await someone();
    expect(new Set(person.recoveryCodes).size).toBe(10);
    for (const code of person.recoveryCodes)
      expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$/);
    expect(await remaining(person)).toBe(10);
  });

  it.each(WAYS)("works once by $name, and nowhere a second time", async (way) => {
    const person = await someone();
    const used = await way.prove(keyturn, person, codeOf(person));
    expect(used.answer.__typename).toBe(way.success);
    const events = await keyturn.events("recovery-code.used");
    const details = { remaining: "9" };
    expect(events.filter(({ actor }) => actor === person.loginName)).toMatchObject([{ details }]);
    expect(await mailsTo(person, "A recovery code was used")).toMatchObject([
      expect.stringContaining("9 remain."),
    ]);
    if (way.name === "disableTwoFactor") return;
    expect(await kindOf(used.person, person.recoveryCodes[0] ?? "")).toBe("InvalidVerificationCode");
    for (const again of [completeLogin, stepUp])
      expect((await again(keyturn, used.person, codeOf(person))).answer.__typename).toBe(
        "InvalidVerificationCode",
      );
  });

  it("is remembered by its session as what it is, with the number that is left", async () => {
    const person = await someone();
    const methods = ["pwd", "recovery_code", "mfa"];
    for (const [index, way] of [logInAtOnce, completeLogin].entries()) {
      const { answer } = await way(keyturn, person, codeOf(person, index));
      expect(answer).toMatchObject({ session: { assurance: "TWO_FACTOR", methods }, recoveryCodes: null });
      expect(answer.recoveryCodesRemaining).toBe(9 - index);
    }
    keyturn.clock.advance({ seconds: 30 });
    const byCode = await logInAtOnce(keyturn, person, { verificationCode: person.app.code() });
    expect(byCode.answer.recoveryCodesRemaining).toBeNull();
  });

  it("leaves the others and the authenticator as they are, down to the last one", async () => {
    const person = await someone();
    for (const code of person.recoveryCodes) expect(await kindOf(person, code)).toBe("LoggedIn");
    expect(await remaining(person)).toBe(0);
    expect(await mailsTo(person, "A recovery code was used")).toHaveLength(10);
    for (const code of person.recoveryCodes)
      expect(await kindOf(person, code)).toBe("InvalidVerificationCode");
    keyturn.clock.advance({ seconds: 30 });
    const { answer } = await logInAtOnce(keyturn, person, { verificationCode: person.app.code() });
    expect(answer.__typename).toBe("LoggedIn");
  });

  describe("as it is typed", () => {
    let person: ProtectedPerson;
    beforeAll(async () => {
      person = await someone();
    });

    it.each([
      ["in lower case", (code: string) => code.toLowerCase()],
      ["without its dashes", (code: string) => code.replaceAll("-", "")],
      ["with spaces for dashes", (code: string) => ` ${code.replaceAll("-", " ")} `],
      ["with typographic dashes", (code: string) => code.replaceAll("-", "–")],
      ["with O for 0 and l for 1", (code: string) => code.replaceAll("0", "O").replaceAll("1", "l")],
    ])("is accepted %s", async (_form, write) => {
      const code = person.recoveryCodes.shift() ?? "";
      expect(await kindOf(person, write(code))).toBe("LoggedIn");
      expect(await kindOf(person, code)).toBe("InvalidVerificationCode");
    });

    it.each([
      ["without its last character", (code: string) => code.slice(0, -1)],
      ["with one more character", (code: string) => `${code}0`],
      ["with another last character", (code: string) => code.slice(0, -1) + (code.endsWith("A") ? "B" : "A")],
      ["left empty", () => ""],
      ["with a NUL after it", (code: string) => `${code}\0`],
    ])("is refused %s, and not used up by it", async (_form, write) => {
      const [code = ""] = person.recoveryCodes;
      expect(await kindOf(person, write(code))).toBe("InvalidVerificationCode");
      expect(await remaining(person)).toBe(person.recoveryCodes.length);
    });

    it("is no verification code, and the other way round", async () => {
      const [verificationCode = ""] = person.recoveryCodes;
      keyturn.clock.advance({ seconds: 30 });
      const asCode = await logInAtOnce(keyturn, person, { verificationCode });
      const asRecovery = await logInAtOnce(keyturn, person, { recoveryCode: person.app.code() });
      for (const { answer } of [asCode, asRecovery])
        expect(answer.__typename).toBe("InvalidVerificationCode");
    });
  });

  it("is its own account's alone", async () => {
    const [ann, bob] = [await someone(), await someone()];
    expect(await kindOf(ann, bob.recoveryCodes[0] ?? "")).toBe("InvalidVerificationCode");
    expect(await kindOf(bob, bob.recoveryCodes[0] ?? "")).toBe("LoggedIn");
  });

  it("is dead when the set is renewed, which is told by mail, and the new set is another", async () => {
    const person = await someone();
    await kindOf(person, person.recoveryCodes[0] ?? "");
    keyturn.clock.advance({ seconds: 30 });
    const input = { proof: { verificationCode: person.app.code() } };
    const selection = "... on RecoveryCodesRegenerated { recoveryCodes }";
    const { recoveryCodes } = await person.client.mutate("regenerateRecoveryCodes", input, selection);
    expect(new Set([...recoveryCodes, ...person.recoveryCodes]).size).toBe(20);
    expect(await remaining(person)).toBe(10);
    expect(await mailsTo(person, "Recovery codes were renewed")).toHaveLength(1);
    for (const code of person.recoveryCodes.slice(-2))
      expect(await kindOf(person, code)).toBe("InvalidVerificationCode");
    expect(await kindOf(person, recoveryCodes[9])).toBe("LoggedIn");
  });

  it("is dead when two-factor is turned off, also after it is on again", async () => {
    const person = await someone();
    await person.client.mutate("disableTwoFactor", { proof: codeOf(person) });
    const again = await turnTwoFactorOn(keyturn, person);
    for (const code of person.recoveryCodes.slice(-2))
      expect(await kindOf(again, code)).toBe("InvalidVerificationCode");
    expect(await kindOf(again, again.recoveryCodes[0] ?? "")).toBe("LoggedIn");
  });

  describe("sent 50 times at once", () => {
    const fifty = <Result>(work: () => Promise<Result>): Promise<Result[]> =>
      Promise.all(Array.from({ length: 50 }, work));
    const once = (kinds: string[], success: string): void => {
      const count = (each: string): number => kinds.filter((one) => one === each).length;
      expect([count(success), count("InvalidVerificationCode")]).toEqual([1, 49]);
    };

    it("logs in once, with the password", async () => {
      const person = await someone();
      once(await fifty(() => kindOf(person, person.recoveryCodes[0] ?? "")), "LoggedIn");
      expect(await remaining(person)).toBe(9);
      expect(await mailsTo(person, "A recovery code was used")).toHaveLength(1);
    });

    it("renews the set once", async () => {
      const person = await someone();
      const input = { proof: codeOf(person) };
      const answers = await fifty(() => person.client.send(mutation("regenerateRecoveryCodes"), { input }));
      once(
        answers.map(({ body }) => body.data.regenerateRecoveryCodes.__typename),
        "RecoveryCodesRegenerated",
      );
      expect(await remaining(person)).toBe(10);
    });
  });
});
