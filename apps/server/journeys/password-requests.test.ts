import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { basic } from "./stage/client.js";
import { countComparisons, readRows } from "./stage/counters.js";
import { describeOnBoth } from "./stage/databases.js";
import { ADMINISTRATOR, type Keyturn, startKeyturn } from "./stage/keyturn.js";
import {
  createPerson,
  createProtectedPerson,
  LOGIN,
  logIn,
  logInAdministrator,
  type ProtectedPerson,
  turnTwoFactorOn,
  withPassword,
} from "./stage/people.js";
import { sendRaw } from "./stage/wire.js";

const WHO = "{ viewer { loginName } }";
const REFUSED = {
  code: "CREDENTIAL_NOT_ACCEPTED",
  presented: "PASSWORD",
  accepted: ["SESSION", "API_TOKEN", "OAUTH_TOKEN"],
};

describeOnBoth("a password sent with a request", (kind) => {
  let keyturn: Keyturn;
  let administrator: ProtectedPerson;
  let bob: ProtectedPerson;
  let count = 0;

  const send = (loginName: string, password: string) =>
    withPassword(keyturn, { loginName, password }).send(WHO);
  const set = (change: object) =>
    administrator.client.mutate(
      "updateSecurityPolicy",
      change,
      "... on SecurityPolicyUpdated { __typename }",
    );
  const counters = () =>
    readRows(
      keyturn,
      "SELECT login_name, failed_attempts, undecided_attempts FROM accounts UNION ALL SELECT id, failed_attempts, undecided_attempts FROM unknown_login_names ORDER BY 1",
    );
  const warnings = async () => {
    await keyturn.settle();
    return keyturn.mailbox.received.filter(
      ({ to, subject }) => to === `${bob.loginName}@example.com` && subject.includes("sent with a request"),
    );
  };

  beforeAll(async () => {
    keyturn = await startKeyturn(kind);
    administrator = await turnTwoFactorOn(keyturn, await logInAdministrator(keyturn));
    await createPerson(administrator, "ann");
    await createPerson(administrator, "guest", { kind: "GUEST" });
    await createPerson(administrator, "service", { kind: "SERVICE" });
  });
  afterAll(() => keyturn.close());
  beforeEach(async () => {
    count += 1;
    bob = await createProtectedPerson(keyturn, administrator, `bob-${count}`);
  });

  it("is refused for an account with two-factor by POST and GET, in either form, whatever is asked", async () => {
    const encoded = Buffer.from(`${bob.loginName}:${bob.password}`).toString("base64");
    const forms = [basic(bob.loginName, bob.password), { "x-cybozu-authorization": encoded }];
    for (const form of forms) {
      for (const query of [WHO, "{ credentialRules { accepted } }", "{ __typename }"]) {
        const { status, body } = await keyturn.anyone.send(query, {}, form);
        expect([status, body.data]).toEqual([401, undefined]);
        expect(body.errors[0].extensions).toEqual({ ...REFUSED, reason: "TWO_FACTOR_ENABLED" });
      }
      const got = await sendRaw(keyturn.address, {
        method: "GET",
        path: `/graphql?query=${encodeURIComponent(WHO)}`,
        headers: Object.entries(form),
      });
      expect([got.status, got.body.errors[0].extensions.reason]).toEqual([401, "TWO_FACTOR_ENABLED"]);
    }
    const { body } = await send(bob.loginName, bob.password);
    expect(body.errors[0].message).toContain("API_TOKEN");
  });

  it("is refused as every wrong one is where it is wrong", async () => {
    const wrong = await send(bob.loginName, "wrong-password");
    const unknown = await send("nobody", "wrong-password");
    expect([wrong.status, wrong.text]).toEqual([401, unknown.text]);
    expect(wrong.body.errors[0].extensions).toEqual({ code: "INVALID_CREDENTIALS" });
  });

  it("is audited each time, and mailed to the owner at most once a day", async () => {
    for (let time = 0; time < 3; time += 1) await send(bob.loginName, bob.password);
    await send(bob.loginName, "wrong-password");
    const events = (await keyturn.events("credential.refused")).filter(
      ({ actor }) => actor === bob.loginName,
    );
    expect(events).toHaveLength(3);
    expect(events[0]).toMatchObject({ result: "FAILED", subject: bob.loginName, credential: "PASSWORD" });
    expect(JSON.stringify(events[0]?.details)).toContain("TWO_FACTOR_ENABLED");
    expect(await warnings()).toHaveLength(1);
    keyturn.clock.advance({ seconds: 86_399 });
    await send(bob.loginName, bob.password);
    expect(await warnings()).toHaveLength(1);
    keyturn.clock.advance({ seconds: 1 });
    await send(bob.loginName, bob.password);
    expect(await warnings()).toHaveLength(2);
    administrator = await logInAgain();
  });

  it("under REQUIRED is refused before it is compared, for every name and password alike", async () => {
    await set({ twoFactor: "REQUIRED" });
    const before = await counters();
    const compared = countComparisons(keyturn);
    const answers = [];
    for (const loginName of ["ann", "guest", "service", "nobody", "admin", bob.loginName])
      for (const password of [bob.password, "wrong-password", ADMINISTRATOR.password]) {
        const { status, text, body } = await send(loginName, password);
        expect(body.errors[0].extensions).toEqual({ ...REFUSED, reason: "TWO_FACTOR_REQUIRED" });
        answers.push(`${status} ${text}`);
      }
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toMatch(/^401 /);
    expect(compared.passwords()).toBe(0);
    expect(await counters()).toEqual(before);
    await set({ twoFactor: "OPTIONAL" });
  });

  it("goes on until the date from which REQUIRED is in force", async () => {
    const from = new Date(keyturn.clock.now() + 60_000).toISOString();
    await set({ twoFactor: "REQUIRED", twoFactorRequiredFrom: from });
    expect((await send("ann", bob.password)).status).toBe(200);
    keyturn.clock.advance({ seconds: 59 });
    expect((await send("ann", bob.password)).status).toBe(200);
    keyturn.clock.advance({ seconds: 1 });
    expect((await send("ann", bob.password)).body.errors[0].extensions.reason).toBe("TWO_FACTOR_REQUIRED");
    await set({ twoFactor: "OPTIONAL" });
  });

  it("under REQUIRED_FOR_ADMINISTRATORS is compared first, and refused to administrators alone", async () => {
    await set({ twoFactor: "REQUIRED_FOR_ADMINISTRATORS" });
    const eve = await createPerson(administrator, "eve");
    await administrator.client.mutate("changeAccountRole", { accountId: eve.id, role: "ADMINISTRATOR" });
    const right = await send("eve", eve.password);
    expect([right.status, right.body.errors[0].extensions]).toEqual([
      401,
      { ...REFUSED, reason: "TWO_FACTOR_REQUIRED" },
    ]);
    const wrong = await send("eve", "wrong-password");
    expect(wrong.body.errors[0].extensions.code).toBe("INVALID_CREDENTIALS");
    expect((await send("ann", bob.password)).body.data.viewer.loginName).toBe("ann");
    expect((await send("guest", bob.password)).body.data.viewer.loginName).toBe("guest");
    await set({ twoFactor: "OPTIONAL" });
  });

  it("under FORBIDDEN is accepted also where a factor lies dormant", async () => {
    await set({ twoFactor: "FORBIDDEN" });
    expect((await send(bob.loginName, bob.password)).body.data.viewer.loginName).toBe(bob.loginName);
    await set({ twoFactor: "OPTIONAL" });
    expect((await send(bob.loginName, bob.password)).status).toBe(401);
  });

  it("of a guest is refused under REQUIRED, who then still logs in by it alone", async () => {
    await set({ twoFactor: "REQUIRED" });
    const guest = { loginName: "guest", password: bob.password };
    expect((await withPassword(keyturn, guest).send(WHO)).status).toBe(401);
    const answer = await keyturn.anyone.mutate("login", guest, LOGIN);
    expect(answer).toMatchObject({ __typename: "LoggedIn", session: { assurance: "ONE_FACTOR" } });
    const ann = await keyturn.anyone.mutate("login", { ...guest, loginName: "ann" }, LOGIN);
    expect(ann.__typename).toBe("TwoFactorEnrollmentRequired");
    await set({ twoFactor: "OPTIONAL" });
  });

  it("does not open what sessions alone may do", async () => {
    const ann = withPassword(keyturn, { loginName: "ann", password: bob.password });
    expect(await ann.refusal("enrollTwoFactor", {})).toBe("CREDENTIAL_NOT_ACCEPTED");
    const { status, body } = await ann.send("{ viewer { sessions { id } } }");
    expect([status, body.data.viewer.sessions]).toEqual([200, null]);
    expect(body.errors[0].extensions).toMatchObject({ presented: "PASSWORD", reason: "OPERATION" });
    expect((await logIn(keyturn, { loginName: "ann", password: bob.password })).loginName).toBe("ann");
  });

  async function logInAgain(): Promise<ProtectedPerson> {
    const proof = { verificationCode: administrator.app.code() };
    const answer = await keyturn.anyone.mutate("login", { ...ADMINISTRATOR, proof }, LOGIN);
    const client = keyturn.anyone.with({ authorization: `Bearer ${answer.sessionToken}` });
    return { ...administrator, token: answer.sessionToken, client };
  }
});
