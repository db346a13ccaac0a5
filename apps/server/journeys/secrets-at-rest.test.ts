import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { Secret } from "otpauth";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { changeRows, countersOf, readRows } from "./stage/counters.js";
import { type DatabaseKind, describeOnBoth } from "./stage/databases.js";
import { type Keyturn, startKeyturn } from "./stage/keyturn.js";
import {
  addAuthenticator,
  createPerson,
  createProtectedPerson,
  enroll,
  LOGIN,
  type LoggedInPerson,
  logIn,
  logInAdministrator,
  type ProtectedPerson,
  turnTwoFactorOn,
  withSession,
} from "./stage/people.js";
import { challengeOf, completeLogin, logInAtOnce, setPolicy, WAYS } from "./stage/proofs.js";

const drawKey = (id: string): string => `${id}:${randomBytes(32).toString("base64")}`;
const EVERYTHING = `{ viewer { id loginName twoFactor { state enabledAt recoveryCodesRemaining
  authenticators { id name createdAt lastUsedAt } } sessions { id userAgent } apiTokens { name prefix } }
  securityPolicy { twoFactor } }`;

describeOnBoth("secrets at rest", (kind) => {
  const [one, two] = [drawKey("one"), drawKey("two")];
  let keyturn: Keyturn;
  let administrator: LoggedInPerson;
  let people = 0;
  const someone = async (): Promise<ProtectedPerson> => {
    people += 1;
    const person = await createProtectedPerson(keyturn, administrator, `person-${people}`);
    keyturn.clock.advance({ seconds: 30 });
    return person;
  };
  const proofOf = ({ app }: ProtectedPerson): { verificationCode: string } => ({
    verificationCode: app.code(),
  });
  const copySecret = (from: ProtectedPerson, to: ProtectedPerson): Promise<void> => {
    const secret = "(SELECT sealed_secret FROM authenticators WHERE account_id = $1)";
    const text = `UPDATE authenticators SET sealed_secret = ${secret} WHERE account_id = $2`;
    return changeRows(keyturn, text, [from.id, to.id]);
  };
  const uncounted = { failed: 0, undecided: "", wrongCodes: 0 };

  beforeAll(async () => {
    keyturn = await startKeyturn(kind, { KEYTURN_SECRET_KEYS: one });
    administrator = await logInAdministrator(keyturn);
  });
  afterAll(() => keyturn.close());

  it("are readable nowhere: not in the database, the log, a mail or an answer", async () => {
    const plain = await logIn(keyturn, await createPerson(administrator, "plain"));
    const { id, app } = await enroll(keyturn, plain);
    const pending = await wordsOf(keyturn, kind);
    const input = { enrollmentId: id, verificationCode: app.code() };
    const selection = "... on TwoFactorConfirmed { sessionToken recoveryCodes }";
    const confirmed = await plain.client.mutate("confirmTwoFactor", input, selection);
    const person = withSession(keyturn, plain, confirmed.sessionToken);
    const asked = { name: "script", scopes: ["account:read"] };
    const created = await person.client.mutate("createApiToken", asked, "... on ApiTokenCreated { token }");
    const challenge = await challengeOf(keyturn, person);
    const { text } = await person.client.send(EVERYTHING);
    await keyturn.settle();
    const mails = JSON.stringify(keyturn.mailbox.received);
    const everything = [pending, await wordsOf(keyturn, kind), keyturn.logged(), mails, text].join("\n");
    expect(everything).toContain("plain@example.com");
    const secrets = [...spellings(app.secret), ...confirmed.recoveryCodes.flatMap(spellingsOfRecoveryCode)];
    for (const secret of [...secrets, person.token, plain.token, created.token, challenge, plain.password])
      expect(everything).not.toContain(secret);
  });

  it("of an enrollment that a login asks for are not readable either", async () => {
    const { loginName, password } = await createPerson(administrator, "asked");
    const protectedOne = await turnTwoFactorOn(keyturn, administrator);
    await setPolicy(protectedOne, { twoFactor: "REQUIRED" });
    const answer = await keyturn.anyone.mutate("login", { loginName, password }, LOGIN);
    const secret = new URL(answer.enrollment.otpauthUri).searchParams.get("secret") ?? "";
    const words = await wordsOf(keyturn, kind);
    for (const spelling of spellings(secret)) expect(words).not.toContain(spelling);
    await setPolicy(protectedOne, { twoFactor: "OPTIONAL" });
    administrator = protectedOne;
  });

  describe("copied to another account's row", () => {
    it.each(WAYS)("do not open by $name, which says so, and nothing is counted", async (way) => {
      const [ann, bob] = [await someone(), await someone()];
      const further =
        way.name === "removeAuthenticator" ? await addAuthenticator(keyturn, bob, "Tablet") : null;
      await copySecret(ann, bob);
      const victim = further?.person ?? bob;
      const { answer } = await way.prove(keyturn, victim, proofOf(ann));
      expect(answer).toMatchObject({ __typename: "TwoFactorUnreadable", code: "TWO_FACTOR_UNREADABLE" });
      expect(answer.message).toContain("Nothing was counted. Use a recovery code");
      expect(await countersOf(keyturn, bob.loginName)).toMatchObject(uncounted);
      const [recoveryCode = ""] = bob.recoveryCodes;
      expect((await way.prove(keyturn, victim, { recoveryCode })).answer.__typename).toBe(way.success);
    });

    it("use up nothing of the challenge", async () => {
      const [ann, bob] = [await someone(), await someone()];
      const challenge = await challengeOf(keyturn, bob);
      await copySecret(ann, bob);
      const complete = async (proof: object): Promise<string> =>
        (await keyturn.anyone.mutate("completeLogin", { challenge, proof })).__typename;
      for (let count = 0; count < 6; count += 1)
        expect(await complete(proofOf(ann))).toBe("TwoFactorUnreadable");
      expect(await complete({ recoveryCode: bob.recoveryCodes[0] })).toBe("LoggedIn");
    });
  });

  it("that are damaged are told like those that no key opens, and another authenticator still works", async () => {
    const ann = await someone();
    const first = await readRows<{ id: string }>(
      keyturn,
      "SELECT id FROM authenticators WHERE account_id = $1",
      [ann.id],
    );
    const text = "UPDATE authenticators SET sealed_secret = $2 WHERE id = $1";
    await changeRows(keyturn, text, [first[0]?.id ?? "", "v1.one.rubbish"]);
    expect((await completeLogin(keyturn, ann, proofOf(ann))).answer.__typename).toBe("TwoFactorUnreadable");
    const tablet = await addAuthenticator(keyturn, ann, "Tablet");
    keyturn.clock.advance({ seconds: 30 });
    const { answer } = await completeLogin(keyturn, ann, { verificationCode: tablet.app.code() });
    expect(answer.__typename).toBe("LoggedIn");
  });

  describe("under another key", () => {
    let ann: ProtectedPerson;
    let bob: LoggedInPerson;
    let begun: Awaited<ReturnType<typeof enroll>>;
    const restart = async (keys: string): Promise<void> => {
      keyturn = await keyturn.restart({ KEYTURN_SECRET_KEYS: keys });
      ann = withSession(keyturn, ann, ann.token);
      keyturn.clock.advance({ seconds: 30 });
    };
    beforeAll(async () => {
      ann = await someone();
      bob = await logIn(keyturn, await createPerson(administrator, "bob"));
      begun = await enroll(keyturn, bob);
    });

    it("do not open: people are told, nothing is counted, sessions go on and recovery codes work", async () => {
      await restart(two);
      for (const way of WAYS.filter(({ name }) => name !== "removeAuthenticator"))
        expect((await way.prove(keyturn, ann, proofOf(ann))).answer.__typename).toBe("TwoFactorUnreadable");
      expect(await countersOf(keyturn, ann.loginName)).toMatchObject(uncounted);
      expect((await ann.client.query(EVERYTHING)).viewer.twoFactor.state).toBe("ENABLED");
      const [recoveryCode = ""] = ann.recoveryCodes;
      expect((await logInAtOnce(keyturn, ann, { recoveryCode })).answer.__typename).toBe("LoggedIn");
    });

    it("of an enrollment do not open: it is to be begun again, and its new secret does", async () => {
      const again = withSession(keyturn, bob, bob.token);
      const input = { enrollmentId: begun.id, verificationCode: begun.app.code() };
      expect((await again.client.mutate("confirmTwoFactor", input)).__typename).toBe("EnrollmentExpired");
      const carl = await turnTwoFactorOn(keyturn, again);
      keyturn.clock.advance({ seconds: 30 });
      expect((await logInAtOnce(keyturn, carl, proofOf(carl))).answer.__typename).toBe("LoggedIn");
    });

    it("open where the old key stands behind the new one, as those do that the new one sealed", async () => {
      await restart(`${two},${one}`);
      const { answer } = await logInAtOnce(keyturn, ann, proofOf(ann));
      expect(answer).toMatchObject({ __typename: "LoggedIn", session: { methods: ["pwd", "otp", "mfa"] } });
    });

    it("do not open by a key of the same id that is another", async () => {
      await restart(drawKey("one"));
      expect((await logInAtOnce(keyturn, ann, proofOf(ann))).answer.__typename).toBe("TwoFactorUnreadable");
    });
  });
});

/** All that the database holds, as text: its rows, and on SQLite its files too. */
async function wordsOf(keyturn: Keyturn, kind: DatabaseKind): Promise<string> {
  const tables =
    kind === "sqlite"
      ? "SELECT name FROM sqlite_master WHERE type = 'table'"
      : "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'";
  const words: string[] = [];
  for (const { name } of await readRows<{ name: string }>(keyturn, tables))
    words.push(JSON.stringify(await readRows(keyturn, `SELECT * FROM "${name}"`)));
  if (kind === "postgres") return words.join("\n");
  const file = keyturn.database.url.replace("sqlite://", "");
  for (const each of [file, `${file}-wal`]) words.push(await readFile(each, "latin1"));
  return words.join("\n");
}

/** The ways in which an authenticator's secret could be written. */
function spellings(secret: string): string[] {
  const bytes = Buffer.from(Secret.fromBase32(secret).buffer);
  const grouped = secret.replace(/.{4}(?=.)/g, "$& ");
  const written = [bytes, Buffer.from(secret)].flatMap((each) => [
    ...[each.toString("hex"), each.toString("hex").toUpperCase()],
    ...[each.toString("base64url"), each.toString("base64").replaceAll("=", "")],
  ]);
  return [secret, secret.toLowerCase(), grouped, bytes.toString("latin1"), ...written];
}

function spellingsOfRecoveryCode(code: string): string[] {
  return [code, code.replaceAll("-", ""), code.toLowerCase()];
}
