import { afterAll, beforeAll, expect, it } from "vitest";
import type { Client } from "./stage/client.js";
import { describeOnBoth } from "./stage/databases.js";
import { ADMINISTRATOR, type Keyturn, startKeyturn } from "./stage/keyturn.js";
import {
  createPerson,
  LOGIN,
  type LoggedInPerson,
  logIn,
  logInWithCode,
  type Person,
  type ProtectedPerson,
  turnTwoFactorOn,
  withPassword,
  withToken,
} from "./stage/people.js";
import { protectAdministrator, setPolicy } from "./stage/proofs.js";

const VIEWER = "{ viewer { twoFactor { state requiredFrom } } }";
const REFUSED = {
  code: "CREDENTIAL_NOT_ACCEPTED",
  presented: "PASSWORD",
  accepted: ["SESSION", "API_TOKEN", "OAUTH_TOKEN"],
  reason: "TWO_FACTOR_REQUIRED",
};

describeOnBoth("two-factor required of everyone", (kind) => {
  let keyturn: Keyturn;
  let administrator: ProtectedPerson;
  let ann: LoggedInPerson;
  let carl: ProtectedPerson;
  let guest: LoggedInPerson;
  let apiToken: string;
  let people = 0;
  const create = (more = {}): Promise<Person> => {
    people += 1;
    return createPerson(administrator, `person-${people}`, more);
  };
  const tryToLogIn = ({ loginName, password }: Omit<Person, "id">) =>
    keyturn.anyone.mutate("login", { loginName, password }, LOGIN);
  const statusOf = async (client: Client): Promise<number> => (await client.send(VIEWER)).status;

  beforeAll(async () => {
    keyturn = await startKeyturn(kind);
    administrator = await protectAdministrator(keyturn);
    ann = await logIn(keyturn, await create());
    guest = await logIn(keyturn, await create({ kind: "GUEST" }));
    const asked = { name: "script", scopes: ["account:read"] };
    apiToken = (await ann.client.mutate("createApiToken", asked, "... on ApiTokenCreated { token }")).token;
    carl = await turnTwoFactorOn(keyturn, await logIn(keyturn, await create()));
    await setPolicy(administrator, { twoFactor: "REQUIRED" });
  });
  afterAll(() => keyturn.close());

  it("ends the sessions of people without a second factor; those with one, guests and tokens go on", async () => {
    const clients = [ann.client, carl.client, guest.client, withToken(keyturn, apiToken)];
    expect(await Promise.all(clients.map(statusOf))).toEqual([401, 200, 200, 200]);
  });

  it("says since when, to whom it asks, and nothing to others", async () => {
    const since = new Date(keyturn.clock.now()).toISOString();
    const shown = async (client: Client) => (await client.query(VIEWER)).viewer.twoFactor;
    const byToken = await shown(withToken(keyturn, apiToken));
    expect(byToken).toEqual({ state: "DISABLED", requiredFrom: since });
    expect(await shown(carl.client)).toEqual({ state: "ENABLED", requiredFrom: null });
    expect(await shown(guest.client)).toEqual({ state: "DISABLED", requiredFrom: null });
  });

  it("refuses a password sent with a request, right or wrong, for every name alike", async () => {
    const names = [ann, carl, guest, ADMINISTRATOR].map(({ loginName }) => loginName);
    for (const loginName of [...names, "no-such-account"])
      for (const password of [ann.password, "wrong"]) {
        const { status, body } = await withPassword(keyturn, { loginName, password }).send(VIEWER);
        expect([status, body.errors[0].extensions]).toEqual([401, REFUSED]);
      }
  });

  it("gives no session to a person without a second factor, and enrolls them first", async () => {
    expect((await tryToLogIn(await create())).__typename).toBe("TwoFactorEnrollmentRequired");
    expect((await tryToLogIn(carl)).__typename).toBe("TwoFactorChallenge");
  });

  it("lets guests log in by the password alone", async () => {
    const answer = await tryToLogIn(guest);
    expect(answer).toMatchObject({ __typename: "LoggedIn", session: { assurance: "ONE_FACTOR" } });
  });

  it("changes nothing for service accounts: they never log in, by whatever password", async () => {
    const service = await create({ kind: "SERVICE" });
    for (const password of ["null", "quiet-harbor-lantern-7"])
      expect((await tryToLogIn({ ...service, password })).__typename).toBe("InvalidLogin");
    await keyturn.anyone.mutate("requestPasswordReset", { loginName: service.loginName });
    await keyturn.settle();
    expect(keyturn.mailbox.received.map(({ to }) => to)).not.toContain(`${service.loginName}@example.com`);
  });

  it("enrolls a person again after an administrator's reset, with another secret", async () => {
    const eve = await create();
    const first = await tryToLogIn(eve);
    const { otpauthUri } = first.enrollment;
    const fresh = await logInWithCode(keyturn, administrator);
    await fresh.client.mutate("resetTwoFactor", { accountId: carl.id, reason: "Telephone lost" });
    const again = await tryToLogIn(carl);
    expect(again.__typename).toBe("TwoFactorEnrollmentRequired");
    expect(again.enrollment.otpauthUri).not.toContain(carl.app.secret);
    expect(again.enrollment.otpauthUri).not.toBe(otpauthUri);
    keyturn.clock.advance({ seconds: 30 });
    const input = { challenge: again.challenge, proof: { verificationCode: carl.app.code() } };
    expect((await keyturn.anyone.mutate("completeLogin", input)).__typename).toBe("InvalidVerificationCode");
  });

  it("has ended the sessions for good: they do not live again when the policy asks no longer", async () => {
    await setPolicy(await logInWithCode(keyturn, administrator), { twoFactor: "OPTIONAL" });
    expect(await statusOf(ann.client)).toBe(401);
    expect(await statusOf(guest.client)).toBe(200);
    expect((await tryToLogIn(ann)).__typename).toBe("LoggedIn");
  });
});

describeOnBoth("two-factor required from a date", (kind) => {
  let keyturn: Keyturn;
  let administrator: ProtectedPerson;
  let ann: LoggedInPerson;
  let bob: LoggedInPerson;
  let date: number;

  beforeAll(async () => {
    keyturn = await startKeyturn(kind);
    administrator = await protectAdministrator(keyturn);
    ann = await logIn(keyturn, await createPerson(administrator, "ann"));
    bob = await logIn(keyturn, await createPerson(administrator, "bob"));
    date = keyturn.clock.now() + 3_600_000;
    const twoFactorRequiredFrom = new Date(date).toISOString();
    await setPolicy(administrator, { twoFactor: "REQUIRED", twoFactorRequiredFrom });
  });
  afterAll(() => keyturn.close());

  it("tells people the date, and is optional until then", async () => {
    const { viewer } = await ann.client.query(VIEWER);
    expect(viewer.twoFactor).toEqual({ state: "DISABLED", requiredFrom: new Date(date).toISOString() });
    expect((await withPassword(keyturn, ann).send(VIEWER)).status).toBe(200);
    bob = await turnTwoFactorOn(keyturn, bob);
    expect((await bob.client.query(VIEWER)).viewer.twoFactor).toEqual({
      state: "ENABLED",
      requiredFrom: null,
    });
    keyturn.clock.set(date - 1);
    ann = await logIn(keyturn, ann);
  });

  it("is in force when the clock reaches it, without anybody's doing", async () => {
    keyturn.clock.set(date);
    expect((await ann.client.send(VIEWER)).status).toBe(401);
    expect((await bob.client.send(VIEWER)).status).toBe(200);
    const { body } = await withPassword(keyturn, ann).send(VIEWER);
    expect(body.errors[0].extensions).toEqual(REFUSED);
    const { loginName, password } = ann;
    const answer = await keyturn.anyone.mutate("login", { loginName, password }, LOGIN);
    expect(answer.__typename).toBe("TwoFactorEnrollmentRequired");
  });

  it("goes with its date when another rule takes its place, and is a conflict beside one", async () => {
    const { client } = await logInWithCode(keyturn, administrator);
    const twoFactorRequiredFrom = new Date(date).toISOString();
    const conflict = { twoFactor: "OPTIONAL", twoFactorRequiredFrom };
    expect((await client.mutate("updateSecurityPolicy", conflict)).code).toBe("POLICY_CONFLICT");
    const selection = "... on SecurityPolicyUpdated { securityPolicy { twoFactor twoFactorRequiredFrom } }";
    const { securityPolicy } = await client.mutate(
      "updateSecurityPolicy",
      { twoFactor: "OPTIONAL" },
      selection,
    );
    expect(securityPolicy).toEqual({ twoFactor: "OPTIONAL", twoFactorRequiredFrom: null });
    expect((await ann.client.send(VIEWER)).status).toBe(401);
  });
});

describeOnBoth("two-factor required of administrators", (kind) => {
  let keyturn: Keyturn;
  let administrator: ProtectedPerson;
  beforeAll(async () => {
    keyturn = await startKeyturn(kind);
    administrator = await protectAdministrator(keyturn);
    await setPolicy(administrator, { twoFactor: "REQUIRED_FOR_ADMINISTRATORS" });
  });
  afterAll(() => keyturn.close());

  it("leaves it open to everyone else, and binds a person from the moment they are one", async () => {
    const ann = await logIn(keyturn, await createPerson(administrator, "ann"));
    expect((await ann.client.query(VIEWER)).viewer.twoFactor.requiredFrom).toBeNull();
    expect((await withPassword(keyturn, ann).send(VIEWER)).status).toBe(200);
    await administrator.client.mutate("changeAccountRole", { accountId: ann.id, role: "ADMINISTRATOR" });
    expect((await ann.client.send(VIEWER)).status).toBe(401);
    const { status, body } = await withPassword(keyturn, ann).send(VIEWER);
    expect([status, body.errors[0].extensions]).toEqual([401, REFUSED]);
    const { loginName, password } = ann;
    const answer = await keyturn.anyone.mutate("login", { loginName, password }, LOGIN);
    expect(answer.__typename).toBe("TwoFactorEnrollmentRequired");
    const wrong = withPassword(keyturn, { loginName, password: "wrong" });
    expect((await wrong.send(VIEWER)).body.errors[0].extensions.code).toBe("INVALID_CREDENTIALS");
    await administrator.client.mutate("changeAccountRole", { accountId: ann.id, role: "USER" });
    expect((await ann.client.send(VIEWER)).status).toBe(401);
  });

  it("binds an administrator who asks for it without having it: their own session ends", async () => {
    await setPolicy(await logInWithCode(keyturn, administrator), { twoFactor: "OPTIONAL" });
    const dora = await createPerson(await logInWithCode(keyturn, administrator), "dora");
    const accountId = dora.id;
    await administrator.client.mutate("changeAccountRole", { accountId, role: "ADMINISTRATOR" });
    const session = await logIn(keyturn, dora);
    await setPolicy(session, { twoFactor: "REQUIRED_FOR_ADMINISTRATORS" });
    expect((await session.client.send(VIEWER)).status).toBe(401);
  });
});
