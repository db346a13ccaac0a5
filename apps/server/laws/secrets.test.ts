import { afterAll, beforeAll, expect, it } from "vitest";
import { describeOnBoth } from "../journeys/stage/databases.js";
import { ADMINISTRATOR, type Keyturn, startKeyturn } from "../journeys/stage/keyturn.js";
import {
  authenticatorApp,
  createPerson,
  enroll,
  LOGIN,
  logIn,
  logInAdministrator,
  type Person,
  type ProtectedPerson,
  turnTwoFactorOn,
  withPassword,
  withSession,
  withToken,
} from "../journeys/stage/people.js";
import { sql } from "../src/platform/sql.js";
import { allowAnApplication } from "./oauth-secrets.js";
import {
  everythingKept,
  mailedOnce,
  neverShown,
  readHidden,
  recordAnswers,
  shownOnce,
  totpSecret,
  type Walk,
  type WatchedSecret,
} from "./watch.js";

describeOnBoth("a secret, after a walk through all that shows, takes or refuses one", (kind) => {
  const secrets: WatchedSecret[] = [];
  const kept: string[] = [];
  let keyturn: Keyturn;
  let recorded: ReturnType<typeof recordAnswers>;

  beforeAll(async () => {
    keyturn = await startKeyturn(kind);
    recorded = recordAnswers();
    const walk: Walk = { keyturn, watch: (...found) => void secrets.push(...found) };
    const keep = async (): Promise<void> => {
      await keyturn.settle();
      kept.push(await everythingKept(keyturn));
    };
    walk.watch(neverShown("the administrator's password", ADMINISTRATOR.password));
    const ann = await setPasswordByMail(walk);
    await keep();
    const person = await enrollAndConfirm(walk, ann);
    await keep();
    const changed = await changeEverything(walk, await logInInEveryWay(walk, person));
    await allowAnApplication(walk, changed);
    await keep();
    await beAskedToEnroll(walk);
    await keep();
    await failInEveryWay(walk, changed);
    await keep();
  }, 60_000);
  afterAll(async () => {
    recorded.stop();
    await keyturn.close();
  });

  const found = (where: readonly string[]): string[] =>
    secrets.flatMap(({ title, spellings }) =>
      spellings.some((text) => where.some((each) => each.includes(text))) ? [title] : [],
    );

  it("is there to be looked for, and so is what goes with it", () => {
    expect(secrets.length).toBeGreaterThan(40);
    expect(kept.every((each) => each.includes("@example.com"))).toBe(true);
    expect(keyturn.logged()).toContain('"a fault"');
  });

  it("is not in the database or any file of the server", () => {
    expect(found(kept)).toEqual([]);
  });

  it("is not in the log", () => {
    expect(found([keyturn.logged()])).toEqual([]);
  });

  it("is in the one answer that shows it, and in none where it is not to be shown", () => {
    const counted = secrets.map(({ title, spellings }) => [title, count(recorded.answers, spellings)]);
    expect(counted).toEqual(secrets.map(({ title, answers }) => [title, answers]));
  });

  it("leaves the database neither hashed nor sealed", async () => {
    const hidden = await readHidden(keyturn);
    expect(hidden.length).toBeGreaterThan(10);
    const mails = keyturn.mailbox.received.map((mail) => JSON.stringify(mail));
    const out = [keyturn.logged(), ...recorded.answers, ...mails].join("\n");
    expect(hidden.filter((each) => out.includes(each))).toEqual([]);
  });

  it("is in no mail, but for the token of a link, which is in one", () => {
    const mails = keyturn.mailbox.received.map((mail) => JSON.stringify(mail));
    const counted = secrets.map(({ title, spellings }) => [title, count(mails, spellings)]);
    expect(counted).toEqual(secrets.map(({ title, mails }) => [title, mails]));
  });
});

function count(where: readonly string[], spellings: readonly string[]): number {
  return where.filter((each) => spellings.some((text) => each.includes(text))).length;
}

/** Sets a password by a mailed link, after one that is too weak, and the same link again. */
async function setPasswordByMail({ keyturn, watch }: Walk): Promise<Person> {
  const administrator = await logInAdministrator(keyturn);
  watch(shownOnce("the administrator's session", administrator.token));
  const ann = await createPerson(administrator, "ann");
  const requested = "... on PasswordResetRequested { message }";
  await keyturn.anyone.mutate("requestPasswordReset", { loginName: "ann" }, requested);
  const token = await mailedToken(keyturn, "reset-password");
  const password = "copper-meadow-whistle-5";
  for (const newPassword of ["tooweak", password, password])
    await keyturn.anyone.mutate("resetPassword", { token, newPassword }, "... on PasswordReset { message }");
  watch(neverShown("a password of the beginning", ann.password), neverShown("a weak password", "tooweak"));
  watch(neverShown("a password", password), mailedOnce("a link to set a password", token));
  return { ...ann, password };
}

async function mailedToken(keyturn: Keyturn, page: string): Promise<string> {
  const { text } = await keyturn.mailbox.next((mail) => mail.text.includes(`/${page}/`));
  return new RegExp(`/${page}/(\\w+)`).exec(text)?.[1] ?? "no token";
}

/** Turns two-factor on, after a wrong code, and leaves another enrollment pending. */
async function enrollAndConfirm({ keyturn, watch }: Walk, ann: Person): Promise<ProtectedPerson> {
  const session = await logIn(keyturn, ann);
  const abandoned = await enroll(keyturn, session);
  const { id, app } = await enroll(keyturn, session);
  const code = (verificationCode: string): object => ({ enrollmentId: id, verificationCode });
  await session.client.mutate("confirmTwoFactor", code(app.code(7)));
  const selection = "... on TwoFactorConfirmed { sessionToken recoveryCodes }";
  const confirmed = await session.client.mutate("confirmTwoFactor", code(app.code()), selection);
  const person = { ...withSession(keyturn, session, confirmed.sessionToken), app };
  const pending = await enroll(keyturn, person, "Tablet");
  watch(shownOnce("a session", session.token), shownOnce("a session after enrolling", person.token));
  watch(totpSecret("the secret of an abandoned enrollment", abandoned.app.secret));
  watch(totpSecret("the secret of an authenticator", app.secret));
  watch(totpSecret("the secret of a pending enrollment", pending.app.secret));
  watch(...watchedCodes("a recovery code", confirmed.recoveryCodes));
  return { ...person, recoveryCodes: confirmed.recoveryCodes };
}

const watchedCodes = (title: string, codes: readonly string[]): WatchedSecret[] =>
  codes.map((code, index) => shownOnce(`${title} (${index})`, code));

/** Logs in in two steps and in one, by code and by recovery code, by token and by cookie, and wrongly each time. */
async function logInInEveryWay({ keyturn, watch }: Walk, ann: ProtectedPerson): Promise<ProtectedPerson> {
  const { anyone, clock } = keyturn;
  const { loginName, password, app, recoveryCodes } = ann;
  clock.advance({ seconds: 30 });
  const { challenge } = await anyone.mutate("login", { loginName, password }, LOGIN);
  const complete = (verificationCode: string) =>
    anyone.mutate(
      "completeLogin",
      { challenge, proof: { verificationCode } },
      "... on LoggedIn { sessionToken }",
    );
  await complete(app.code(7));
  const byCode = await complete(app.code());
  await withToken(keyturn, challenge).send("{ viewer { id } }");
  const asked = { loginName, password, proof: { recoveryCode: recoveryCodes[0] } };
  const byRecoveryCode = await anyone.mutate("login", asked, LOGIN);
  await anyone.mutate("login", asked, LOGIN);
  await anyone.mutate("login", { loginName, password: "wrong-in-every-way" }, LOGIN);
  await anyone.mutate("login", { loginName: "nobody", password: "wrong-for-nobody" }, LOGIN);
  const cookie = { ...asked, proof: { recoveryCode: recoveryCodes[1] }, useCookie: true };
  const { headers } = await anyone.send(
    "mutation($input: LoginInput!) { login(input: $input) { __typename } }",
    {
      input: cookie,
    },
  );
  const byCookie = /keyturn_session_4000=(\w+)/.exec(headers.get("set-cookie") ?? "")?.[1] ?? "no cookie";
  watch(shownOnce("a login challenge", challenge), shownOnce("a session by code", byCode.sessionToken));
  watch(shownOnce("a session by recovery code", byRecoveryCode.sessionToken));
  watch(shownOnce("a session by cookie", byCookie), neverShown("a wrong password", "wrong-in-every-way"));
  watch(neverShown("a wrong password for nobody", "wrong-for-nobody"));
  return withSession(keyturn, ann, byCode.sessionToken);
}

/** Proves again, makes a token, changes the address, the codes and the password, and looks at all of it. */
async function changeEverything({ keyturn, watch }: Walk, ann: ProtectedPerson): Promise<ProtectedPerson> {
  const proof = (): object => {
    keyturn.clock.advance({ seconds: 30 });
    return { verificationCode: ann.app.code() };
  };
  await ann.client.mutate("stepUp", { password: "wrong-in-the-session", proof: proof() });
  const steppedUp = await ann.client.mutate(
    "stepUp",
    { password: ann.password, proof: proof() },
    "... on SteppedUp { sessionToken }",
  );
  const { client } = withSession(keyturn, ann, steppedUp.sessionToken);
  const asked = { name: "script", scopes: ["account:read"] };
  const { token } = await client.mutate("createApiToken", asked, "... on ApiTokenCreated { token }");
  const emailAddress = "anne@example.com";
  const mailed = "... on EmailAddressChangeRequested { message }";
  await client.mutate("changeEmailAddress", { emailAddress }, mailed);
  const link = await mailedToken(keyturn, "confirm-email");
  const done = "... on EmailAddressConfirmed { message }";
  for (const _ of [1, 2]) await keyturn.anyone.mutate("confirmEmailAddress", { token: link }, done);
  const renewed = "... on RecoveryCodesRegenerated { recoveryCodes }";
  const { recoveryCodes } = await client.mutate("regenerateRecoveryCodes", { proof: proof() }, renewed);
  const password = "violet-anchor-thistle-3";
  const change = { currentPassword: ann.password, newPassword: password, proof: proof() };
  const changed = await client.mutate("changePassword", change, "... on PasswordChanged { sessionToken }");
  const after = withSession(keyturn, { ...ann, password, recoveryCodes }, changed.sessionToken);
  await after.client.query(EVERYTHING);
  await withToken(keyturn, token).query(EVERYTHING);
  watch(shownOnce("a session after a step-up", steppedUp.sessionToken), shownOnce("an API token", token));
  watch(shownOnce("a session after a change", after.token), neverShown("a new password", password));
  watch(neverShown("a wrong password again", "wrong-in-the-session"));
  watch(...watchedCodes("a renewed code", recoveryCodes), mailedOnce("a link to confirm an address", link));
  return after;
}

const EVERYTHING = `{ viewer { id loginName emailAddress
  twoFactor { state enabledAt recoveryCodesRemaining authenticators { id name createdAt lastUsedAt } }
  sessions { id current methods ipAddress userAgent } apiTokens { id name prefix scopes } }
  authentication { credential methods scopes session { id } } securityPolicy { twoFactor trialStartedOn } }`;

/** Logs in where the organization requires a second factor: a secret is shown before there is a session. */
async function beAskedToEnroll({ keyturn, watch }: Walk): Promise<void> {
  const administrator = await turnTwoFactorOn(keyturn, await logInAdministrator(keyturn));
  const bob = await createPerson(administrator, "bob");
  await administrator.client.mutate("updateSecurityPolicy", { twoFactor: "REQUIRED" });
  const asked = { loginName: bob.loginName, password: bob.password };
  const { challenge, enrollment } = await keyturn.anyone.mutate("login", asked, LOGIN);
  watch(shownOnce("a challenge that carries an enrollment", challenge));
  watch(
    totpSecret(
      "the secret of an enrollment at login",
      authenticatorApp(keyturn, enrollment.otpauthUri).secret,
    ),
  );
  watch(shownOnce("the administrator's session with two factors", administrator.token));
  watch(totpSecret("the administrator's secret", administrator.app.secret));
  watch(...watchedCodes("the administrator's code", administrator.recoveryCodes));
  await administrator.client.mutate("updateSecurityPolicy", { twoFactor: "OPTIONAL" });
  await administrator.client.query(WHAT_HAPPENED);
}

const WHAT_HAPPENED = `{ auditEvents(first: 100) { nodes { action actorLoginName subjectLoginName ipAddress userAgent
  details { name value } } } }`;

/** Sends secrets where they are refused, do not fit, or meet a fault of the server. */
async function failInEveryWay({ keyturn }: Walk, ann: ProtectedPerson): Promise<void> {
  const { anyone, address, app } = keyturn;
  const { loginName, password, token, recoveryCodes } = ann;
  const login = "mutation($input: LoginInput!) { login(input: $input) { __typename } }";
  await withPassword(keyturn, ann).send("{ viewer { id } }");
  await withToken(keyturn, `${token}x`).send("{ viewer { id } }");
  await withToken(keyturn, token).send("{ viewer { id } }", {}, { "x-cybozu-api-token": token });
  await anyone.send(login, { input: { loginName, password: [password] } });
  await anyone.send(login, { input: { loginName, password, proof: { recoveryCode: [recoveryCodes[2]] } } });
  await anyone.send(login, { input: { loginName, secret: password } });
  await anyone.send(login, { input: token });
  await anyone.send(
    `mutation { login(input: { loginName: "ann", password: ["${password}"] }) { __typename } }`,
  );
  await anyone.send(`mutation { login(input: { loginName: "ann", secret: "${password}" }) { __typename } }`);
  await anyone.send(`{ viewer(token: "${token}") { id } }`);
  await anyone.send(`{ "${password}" }`);
  const query = `mutation { login(input: { loginName: "ann", password: "${password}" }) { __typename } }`;
  await fetch(`${address}/graphql?${new URLSearchParams({ query })}`);
  await fetch(`${address}/nowhere?${new URLSearchParams({ token, password })}`);
  const json = { "content-type": "application/json" };
  await fetch(`${address}/graphql`, { method: "POST", headers: json, body: `{"password": "${password}", ` });
  await app.context.db.transaction((manager) => sql(manager, "ALTER TABLE sessions RENAME TO gone"));
  await anyone.send(login, { input: { loginName, password, proof: { recoveryCode: recoveryCodes[3] } } });
  await withToken(keyturn, token).send("{ viewer { id } }");
  await app.context.db.transaction((manager) => sql(manager, "ALTER TABLE gone RENAME TO sessions"));
}
