import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { type Client, mutation } from "./stage/client.js";
import { readRows } from "./stage/counters.js";
import { describeOnBoth } from "./stage/databases.js";
import { type Keyturn, startKeyturn } from "./stage/keyturn.js";
import type { ReceivedMail } from "./stage/mailbox.js";
import {
  createPerson,
  createProtectedPerson,
  type LoggedInPerson,
  logIn,
  logInWithCode,
  type ProtectedPerson,
  turnTwoFactorOn,
  withToken,
} from "./stage/people.js";
import { protectAdministrator, setPolicy } from "./stage/proofs.js";

const DAY = 24 * 60 * 60;
const COUNTS = "sessionsRevoked apiTokensRevoked applicationsRevoked";
const RESET = `... on TwoFactorReset { ${COUNTS} account { id twoFactor { state } } }`;
const PENDING = `${RESET} ... on TwoFactorResetPending { approvalId expiresAt account { id twoFactor { state } } }`;
const UNKNOWN = "00000000-0000-7000-8000-000000000000";
const FIELDS =
  "id account { id } requestedBy { loginName } reason requestedAt expiresAt revokeAuthorizedApplications revokeApiTokens approvable";

describeOnBoth("two-factor reset with a second administrator's approval", (kind) => {
  let keyturn: Keyturn;
  let first: ProtectedPerson;
  let second: ProtectedPerson;
  let third: ProtectedPerson;
  let people = 0;

  const name = (): string => {
    people += 1;
    return `person-${people}`;
  };
  const someone = (): Promise<ProtectedPerson> => createProtectedPerson(keyturn, first, name());
  const changeRole = ({ id }: { id: string }, role: string) =>
    first.client.mutate("changeAccountRole", { accountId: id, role });
  const promoted = async <Someone extends LoggedInPerson>(person: Someone): Promise<Someone> => {
    expect((await changeRole(person, "ADMINISTRATOR")).__typename).toBe("AccountUpdated");
    return person;
  };
  const again = async (person: ProtectedPerson): Promise<ProtectedPerson> => ({
    ...person,
    ...(await logInWithCode(keyturn, person)),
  });
  /** A day passes; the three administrators log in anew. */
  const waitDay = async (): Promise<void> => {
    keyturn.clock.advance({ seconds: DAY });
    [first, second, third] = [await again(first), await again(second), await again(third)];
  };
  const request = (by: LoggedInPerson, { id }: { id: string }, more = {}) =>
    by.client.mutate("resetTwoFactor", { accountId: id, reason: "Telephone lost", ...more }, PENDING);
  const approve = ({ client }: LoggedInPerson, approvalId: unknown) =>
    client.mutate("approveTwoFactorReset", { approvalId }, RESET);
  const reject = ({ client }: LoggedInPerson, approvalId: unknown) =>
    client.mutate("rejectTwoFactorReset", { approvalId }, "... on TwoFactorResetRejected { approvalId }");
  // biome-ignore lint/suspicious/noExplicitAny: answers have the shape of the question
  const listed = async (client: Client, page = ""): Promise<any> =>
    (
      await client.query(
        `{ twoFactorResetRequests${page} { totalCount nodes { ${FIELDS} } edges { cursor } pageInfo { hasNextPage endCursor } } }`,
      )
    ).twoFactorResetRequests;
  const shownTo = async (client: Client, approvalId: string) =>
    (await listed(client)).nodes.find(({ id }: { id: string }) => id === approvalId);
  const stateOf = async ({ id }: { id: string }): Promise<string> => {
    const { account } = await first.client.query(`{ account(id: "${id}") { twoFactor { state } } }`);
    return account.twoFactor.state;
  };
  const statusOf = async (token: string): Promise<number> =>
    (await withToken(keyturn, token).send("{ viewer { id } }")).status;
  const mailsTo = async ({ loginName }: { loginName: string }): Promise<ReceivedMail[]> => {
    await keyturn.settle();
    return keyturn.mailbox.received.filter(({ to }) => to === `${loginName}@example.com`);
  };
  const subjectsTo = async (person: { loginName: string }, about: string): Promise<string[]> =>
    (await mailsTo(person)).map(({ subject }) => subject).filter((subject) => subject.includes(about));
  const eventsOf = async (action: string, { loginName }: { loginName: string }) =>
    (await keyturn.events(action)).filter(({ subject }) => subject === loginName);

  beforeAll(async () => {
    keyturn = await startKeyturn(kind);
    first = await protectAdministrator(keyturn);
    [second, third] = [await promoted(await someone()), await promoted(await someone())];
    await setPolicy(first, { resetNeedsApproval: true });
    await waitDay();
  });
  beforeEach(async () => {
    [first, second, third] = [await again(first), await again(second), await again(third)];
  });
  afterAll(() => keyturn.close());

  it("waits: nothing is changed yet, the owner is told, and the event says who asked and why", async () => {
    const person = await someone();
    const answer = await request(first, person);
    expect(answer).toEqual({
      ...{ __typename: "TwoFactorResetPending", approvalId: expect.any(String) },
      expiresAt: new Date(keyturn.clock.now() + DAY * 1000).toISOString(),
      account: { id: person.id, twoFactor: { state: "ENABLED" } },
    });
    expect([await stateOf(person), await statusOf(person.token)]).toEqual(["ENABLED", 200]);
    const mail = (await mailsTo(person)).at(-1);
    expect(mail?.subject).toContain("A reset of your two-factor authentication was requested");
    expect(mail?.text).toContain("The administrator admin requested to disable two-factor authentication");
    expect(mail?.text).toContain("Reason: Telephone lost");
    expect(await eventsOf("two-factor.reset", person)).toEqual([]);
    expect(await eventsOf("two-factor.reset-requested", person)).toEqual([
      {
        ...{ action: "two-factor.reset-requested", result: "SUCCESS", actor: "admin", credential: "SESSION" },
        ...{ subject: person.loginName, details: { reason: "Telephone lost", approval: answer.approvalId } },
      },
    ]);
    await reject(first, answer.approvalId);
  });

  it("tells the owner in their own language", async () => {
    const hana = await someone();
    await hana.client.mutate("updateProfile", { locale: "ja" });
    const { approvalId } = await request(first, hana, { reason: "電話を紛失" });
    expect((await mailsTo(hana)).at(-1)?.text).toContain(
      "24時間以内に別の管理者の承認が必要です。理由：電話を紛失",
    );
    await approve(second, approvalId);
    expect((await mailsTo(hana)).at(-1)?.text).toContain(
      `管理者 admin が、管理者 ${second.loginName.toUpperCase()} の承認を得て、アカウントの2要素認証を無効にしました`,
    );
  });

  it("is found by every administrator, and says to each whether they may approve it", async () => {
    const owner = await promoted(await someone());
    const bare = await promoted(await logIn(keyturn, await createPerson(first, name())));
    await waitDay();
    const [secured, unsecured] = [await again(owner), await logIn(keyturn, bare)];
    const young = await promoted(await someone());
    keyturn.clock.advance({ seconds: 1 });
    const requestedAt = new Date(keyturn.clock.now()).toISOString();
    const { approvalId, expiresAt } = await request(first, owner, { revokeApiTokens: true });
    const shown = await shownTo(second.client, approvalId);
    expect(shown).toEqual({
      ...{ id: approvalId, account: { id: owner.id }, requestedBy: { loginName: "admin" } },
      ...{ reason: "Telephone lost", requestedAt, expiresAt, approvable: true },
      ...{ revokeAuthorizedApplications: true, revokeApiTokens: true },
    });
    const viewers = { third, first, secured, unsecured, young };
    const approvable: Record<string, boolean> = {};
    for (const [who, { client }] of Object.entries(viewers))
      approvable[who] = (await shownTo(client, approvalId)).approvable;
    expect(approvable).toEqual({
      ...{ third: true, first: false, secured: false, unsecured: false, young: false },
    });
    for (const viewer of [first, secured, unsecured, young])
      expect(await approve(viewer, approvalId)).toMatchObject({
        ...{ __typename: "ApproverNotEligible", code: "APPROVER_NOT_ELIGIBLE" },
        message: expect.stringContaining("at least 24 hours, with two-factor authentication"),
      });
    expect(await stateOf(owner)).toBe("ENABLED");
    expect((await approve(third, approvalId)).__typename).toBe("TwoFactorReset");
    for (const each of [owner, bare, young]) await changeRole(each, "USER");
  });

  it("is not for who became an administrator after it was asked for, until it dies", async () => {
    const person = await someone();
    const { approvalId } = await request(first, person);
    const end = keyturn.clock.now() + DAY * 1000;
    keyturn.clock.advance({ seconds: 1 });
    const late = await promoted(await someone());
    keyturn.clock.set(end - 60_000);
    const fresh = await again(late);
    keyturn.clock.set(end - 1);
    expect((await shownTo(fresh.client, approvalId)).approvable).toBe(false);
    expect((await approve(fresh, approvalId)).__typename).toBe("ApproverNotEligible");
    first = await again(first);
    await changeRole(late, "USER");
  });

  it("takes an administrator of 24 hours to the millisecond", async () => {
    const [person, late] = [await someone(), await promoted(await someone())];
    const since = keyturn.clock.now();
    keyturn.clock.advance({ seconds: DAY - 120 });
    const { approvalId } = await request(await again(first), person);
    const fresh = await again(late);
    keyturn.clock.set(since + DAY * 1000 - 1);
    expect((await approve(fresh, approvalId)).__typename).toBe("ApproverNotEligible");
    keyturn.clock.set(since + DAY * 1000);
    expect((await shownTo(fresh.client, approvalId)).approvable).toBe(true);
    expect((await approve(fresh, approvalId)).__typename).toBe("TwoFactorReset");
    first = await again(first);
    await changeRole(late, "USER");
  });

  it("is read, but never approved, rejected or asked for, by an API token", async () => {
    const person = await someone();
    const { approvalId } = await request(first, person);
    const asked = { name: "admin", scopes: ["admin:read", "admin:write"] };
    const made = await second.client.mutate("createApiToken", asked, "... on ApiTokenCreated { token }");
    const byToken = withToken(keyturn, made.token);
    expect((await shownTo(byToken, approvalId)).approvable).toBe(false);
    for (const mutation of ["approveTwoFactorReset", "rejectTwoFactorReset"])
      expect(await byToken.refusal(mutation, { approvalId })).toBe("CREDENTIAL_NOT_ACCEPTED");
    const input = { accountId: person.id, reason: "Telephone lost" };
    expect(await byToken.refusal("resetTwoFactor", input)).toBe("CREDENTIAL_NOT_ACCEPTED");
    expect(await stateOf(person)).toBe("ENABLED");
    await reject(second, approvalId);
  });

  it("is for administrators alone, with a proof of 15 minutes at most", async () => {
    const [person, other] = [await someone(), await someone()];
    const { approvalId } = await request(first, person);
    for (const mutation of ["approveTwoFactorReset", "rejectTwoFactorReset"]) {
      expect(await other.client.refusal(mutation, { approvalId })).toBe("FORBIDDEN");
      expect(await person.client.refusal(mutation, { approvalId })).toBe("FORBIDDEN");
    }
    const { body } = await person.client.send("{ twoFactorResetRequests { totalCount } }");
    expect(body.errors[0].extensions.code).toBe("FORBIDDEN");
    keyturn.clock.advance({ seconds: 901 });
    for (const mutation of ["approveTwoFactorReset", "rejectTwoFactorReset"])
      expect(await second.client.refusal(mutation, { approvalId })).toBe("STEP_UP_REQUIRED");
    expect(await stateOf(person)).toBe("ENABLED");
  });

  it("happens when it is approved, as a direct reset would, and names both administrators", async () => {
    const person = await someone();
    const token = { name: "script", scopes: ["account:read"] };
    await person.client.mutate("createApiToken", token);
    const { approvalId } = await request(first, person, { reason: "Stolen", revokeApiTokens: true });
    expect(await approve(second, approvalId.toUpperCase())).toEqual({
      ...{ __typename: "TwoFactorReset", sessionsRevoked: 1, apiTokensRevoked: 1, applicationsRevoked: 0 },
      account: { id: person.id, twoFactor: { state: "DISABLED" } },
    });
    expect(await statusOf(person.token)).toBe(401);
    for (const table of ["authenticators", "recovery_codes", "sessions", "api_tokens"])
      expect(await readRows(keyturn, `SELECT id FROM ${table} WHERE account_id = $1`, [person.id])).toEqual(
        [],
      );
    expect(await subjectsTo(person, "was disabled by")).toHaveLength(1);
    const mail = (await mailsTo(person)).at(-1);
    const both = `The administrator admin, with the approval of the administrator ${second.loginName.toUpperCase()}, has disabled`;
    expect(mail?.text).toContain(both);
    expect(mail?.text).toContain("Reason: Stolen");
    expect(await eventsOf("two-factor.reset", person)).toEqual([
      {
        ...{ action: "two-factor.reset", result: "SUCCESS", actor: second.loginName, credential: "SESSION" },
        subject: person.loginName,
        details: {
          ...{ reason: "Stolen", approval: approvalId, requestedBy: "admin" },
          ...{ sessionsRevoked: "1", apiTokensRevoked: "1", applicationsRevoked: "0" },
        },
      },
    ]);
    expect((await logIn(keyturn, person)).id).toBe(person.id);
  });

  it("keeps what the request said of API tokens until it is approved", async () => {
    const person = await someone();
    const asked = { name: "script", scopes: ["account:read"] };
    const made = await person.client.mutate("createApiToken", asked, "... on ApiTokenCreated { token }");
    const flags = { revokeApiTokens: false, revokeAuthorizedApplications: false };
    const { approvalId } = await request(first, person, flags);
    expect(await shownTo(second.client, approvalId)).toMatchObject(flags);
    expect((await approve(second, approvalId)).apiTokensRevoked).toBe(0);
    const { authentication } = await withToken(keyturn, made.token).query("{ authentication { assurance } }");
    expect(authentication.assurance).toBe("ONE_FACTOR");
  });

  it.each([
    [
      "rejected by another administrator",
      () => second,
      "two-factor.reset-rejected",
      "was rejected",
      "却下しました",
    ],
    [
      "withdrawn by the one who asked",
      () => first,
      "two-factor.reset-withdrawn",
      "was withdrawn",
      "取り下げました",
    ],
  ])("can be %s: then it is unknown, the factor stays, and the owner is told", async (...given) => {
    const [, by, action, told, toldInJapanese] = given;
    const person = await someone();
    const { approvalId } = await request(first, person);
    expect(await reject(by(), approvalId)).toEqual({ __typename: "TwoFactorResetRejected", approvalId });
    expect(await reject(by(), approvalId)).toMatchObject({
      ...{ __typename: "ApprovalUnknown", code: "APPROVAL_UNKNOWN" },
      message: expect.stringContaining("This reset is no longer pending"),
    });
    expect((await approve(second, approvalId)).__typename).toBe("ApprovalUnknown");
    expect(await shownTo(second.client, approvalId)).toBeUndefined();
    expect([await stateOf(person), await statusOf(person.token)]).toEqual(["ENABLED", 200]);
    expect(await eventsOf(action, person)).toEqual([
      expect.objectContaining({ actor: by().loginName, details: { approval: approvalId } }),
    ]);
    const mail = (await mailsTo(person)).at(-1);
    expect(mail?.subject).toContain(`The request to disable your two-factor authentication ${told}`);
    expect(mail?.text).toContain("It stays enabled");
    await person.client.mutate("updateProfile", { locale: "ja" });
    await reject(by(), (await request(first, person)).approvalId);
    expect((await mailsTo(person)).at(-1)?.text).toContain(toldInJapanese);
  });

  it("may be rejected by an administrator who may not approve it", async () => {
    const person = await someone();
    const bare = await promoted(await logIn(keyturn, await createPerson(first, name())));
    const { approvalId } = await request(first, person);
    expect((await reject(bare, approvalId)).__typename).toBe("TwoFactorResetRejected");
    await changeRole(bare, "USER");
  });

  it("dies after 24 hours", async () => {
    const person = await someone();
    const { approvalId } = await request(first, person);
    const end = keyturn.clock.now() + DAY * 1000;
    keyturn.clock.set(end - 60_000);
    const [approver, other] = [await again(second), await again(third)];
    keyturn.clock.set(end - 1);
    expect((await shownTo(approver.client, approvalId)).approvable).toBe(true);
    keyturn.clock.set(end);
    expect(await shownTo(approver.client, approvalId)).toBeUndefined();
    expect((await approve(approver, approvalId)).__typename).toBe("ApprovalUnknown");
    expect((await reject(other, approvalId)).__typename).toBe("ApprovalUnknown");
    first = await again(first);
    expect(await stateOf(person)).toBe("ENABLED");
  });

  it.each(["x", "", UNKNOWN])("is unknown under the id %j", async (approvalId) => {
    expect((await approve(second, approvalId)).__typename).toBe("ApprovalUnknown");
    expect((await reject(second, approvalId)).__typename).toBe("ApprovalUnknown");
  });

  it("is answered once where twenty answers come at once, and told once", async () => {
    const person = await someone();
    const { approvalId } = await request(first, person);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        index % 2 === 0 ? approve(second, approvalId) : reject(third, approvalId),
      ),
    );
    const kinds = answers.map(({ __typename }) => __typename);
    expect(kinds.filter((each) => each === "ApprovalUnknown")).toHaveLength(19);
    const happened = kinds.includes("TwoFactorReset");
    expect(await stateOf(person)).toBe(happened ? "DISABLED" : "ENABLED");
    expect(await subjectsTo(person, "was disabled by")).toHaveLength(happened ? 1 : 0);
    const events = [
      ...(await eventsOf("two-factor.reset", person)),
      ...(await eventsOf("two-factor.reset-rejected", person)),
    ];
    expect(events).toHaveLength(1);
  });

  it("happens once where twenty approvals come at once", async () => {
    const person = await someone();
    const { approvalId } = await request(first, person);
    const approvers = Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? second : third));
    const answers = await Promise.all(approvers.map((approver) => approve(approver, approvalId)));
    expect(answers.filter(({ __typename }) => __typename === "TwoFactorReset")).toHaveLength(1);
    expect(await subjectsTo(person, "was disabled by")).toHaveLength(1);
    expect(await eventsOf("two-factor.reset", person)).toHaveLength(1);
  });

  it("is unknown where its approval comes at once with the end of the factor by its owner, and never a fault", async () => {
    for (let round = 0; round < 3; round += 1) {
      const person = await someone();
      const { approvalId } = await request(first, person);
      keyturn.clock.advance({ seconds: 30 });
      const proof = { verificationCode: person.app.code() };
      const disabling = person.client.send(mutation("disableTwoFactor"), { input: { proof } });
      const approvals = await Promise.all([second, third, second].map((each) => approve(each, approvalId)));
      const { body } = await disabling;
      const ends = approvals.filter(({ __typename }) => __typename === "TwoFactorReset").length;
      expect(ends).toBe(body.data?.disableTwoFactor.__typename === "TwoFactorDisabled" ? 0 : 1);
      expect(body.errors?.[0].extensions.code ?? "done").not.toBe("INTERNAL");
      expect(await stateOf(person)).toBe("DISABLED");
    }
  });

  it("dies with the factor that it was about: disabled and enabled anew, it is another", async () => {
    const person = await someone();
    const { approvalId } = await request(first, person);
    keyturn.clock.advance({ seconds: 30 });
    const proof = { verificationCode: person.app.code() };
    const disabled = await person.client.mutate("disableTwoFactor", { proof });
    expect(disabled.__typename).toBe("TwoFactorDisabled");
    expect((await approve(second, approvalId)).__typename).toBe("ApprovalUnknown");
    await turnTwoFactorOn(keyturn, person);
    expect(await shownTo(second.client, approvalId)).toBeUndefined();
    expect((await approve(second, approvalId)).__typename).toBe("ApprovalUnknown");
    expect(await stateOf(person)).toBe("ENABLED");
  });

  it.each([
    ["demoted, and does not come back with the role", "changeAccountRole", "changeAccountRole"],
    ["suspended, and does not come back with them", "suspendAccount", "reinstateAccount"],
    ["deleted", "deleteAccount", null],
  ])("dies when who asked for it is %s", async (_what, end, back) => {
    const [person, requester] = [await someone(), await promoted(await someone())];
    const { approvalId } = await request(requester, person);
    expect((await shownTo(second.client, approvalId)).approvable).toBe(true);
    const accountId = requester.id;
    const inputs: Record<string, object> = {
      changeAccountRole: { accountId, role: "USER" },
      suspendAccount: { accountId, reason: "Left" },
      deleteAccount: { accountId },
    };
    const before = (await listed(second.client)).totalCount;
    const ended = await first.client.mutate(end, inputs[end] ?? {});
    expect(ended.__typename).toMatch(/^Account(Updated|Suspended|Deleted)$/);
    expect(await shownTo(second.client, approvalId)).toBeUndefined();
    expect((await listed(second.client)).totalCount).toBe(before - 1);
    expect((await approve(second, approvalId)).__typename).toBe("ApprovalUnknown");
    if (back !== null) {
      const input = back === end ? { accountId, role: "ADMINISTRATOR" } : { accountId };
      await first.client.send(
        `mutation($input: ${back[0]?.toUpperCase()}${back.slice(1)}Input!) { ${back}(input: $input) { __typename } }`,
        { input },
      );
      expect((await approve(second, approvalId)).__typename).toBe("ApprovalUnknown");
      await changeRole(requester, "USER");
    }
    expect(await stateOf(person)).toBe("ENABLED");
  });

  it("dies when its account is deleted", async () => {
    const person = await someone();
    const { approvalId } = await request(first, person);
    await first.client.mutate("deleteAccount", { accountId: person.id });
    expect((await approve(second, approvalId)).__typename).toBe("ApprovalUnknown");
  });

  it("replaces the older request of the same administrator, and leaves another's alone", async () => {
    const person = await someone();
    const older = await request(first, person, { reason: "Lost" });
    const others = await request(second, person);
    const newer = await request(first, person, { reason: "Stolen" });
    expect(newer.approvalId).not.toBe(older.approvalId);
    const mine = (await listed(third.client)).nodes.filter(
      ({ account }: { account: { id: string } }) => account.id === person.id,
    );
    expect(mine.map(({ id }: { id: string }) => id).toSorted()).toEqual(
      [others.approvalId, newer.approvalId].toSorted(),
    );
    expect((await approve(third, older.approvalId)).__typename).toBe("ApprovalUnknown");
    expect((await approve(third, newer.approvalId)).__typename).toBe("TwoFactorReset");
    expect((await approve(third, others.approvalId)).__typename).toBe("ApprovalUnknown");
  });

  it("is nobody's own, before anything else is asked", async () => {
    expect((await request(first, first)).__typename).toBe("SelfReset");
    const bare = await promoted(await logIn(keyturn, await createPerson(first, name())));
    expect((await request(bare, bare)).__typename).toBe("SelfReset");
    expect((await request(first, bare)).__typename).toBe("TwoFactorNotEnabled");
    expect(await subjectsTo(bare, "reset")).toEqual([]);
    await changeRole(bare, "USER");
  });

  it("is not approved by a session that proved one factor alone, as the rule FORBIDDEN lets it", async () => {
    const person = await someone();
    const { approvalId } = await request(first, person);
    await setPolicy(first, { twoFactor: "FORBIDDEN" });
    const byPassword = await logIn(keyturn, second);
    expect((await shownTo(byPassword.client, approvalId)).approvable).toBe(false);
    expect((await approve(byPassword, approvalId)).__typename).toBe("ApproverNotEligible");
    expect((await approve(second, approvalId)).__typename).toBe("TwoFactorReset");
    await setPolicy(first, { twoFactor: "OPTIONAL" });
  });

  it("is listed page by page, the oldest first, and counted", async () => {
    const earlier: number = (await listed(first.client)).totalCount;
    const ids: string[] = [];
    for (let count = 0; count < 3; count += 1) {
      const { approvalId } = await request(first, await someone());
      keyturn.clock.advance({ seconds: 1 });
      ids.push(approvalId);
    }
    const found: string[] = [];
    for (let after: string | null = null, more = true; more; ) {
      const page = await listed(
        first.client,
        after === null ? "(first: 2)" : `(first: 2, after: "${after}")`,
      );
      expect(page.totalCount).toBe(earlier + 3);
      expect(page.nodes.length).toBeLessThanOrEqual(2);
      found.push(...page.nodes.map(({ id }: { id: string }) => id));
      after = page.pageInfo.endCursor;
      more = page.pageInfo.hasNextPage;
    }
    expect(found).toHaveLength(earlier + 3);
    expect(found.slice(-3)).toEqual(ids);
    for (const page of ["(first: 0)", "(first: 101)", '(after: "x")']) {
      const { body } = await first.client.send(`{ twoFactorResetRequests${page} { totalCount } }`);
      expect(body.errors[0].extensions.code).toBe("BAD_USER_INPUT");
    }
  });

  it("needs three active administrators to be asked for, and goes on with fewer", async () => {
    await setPolicy(first, { resetNeedsApproval: false });
    await first.client.mutate("suspendAccount", { accountId: third.id, reason: "Holiday" });
    const refused = await first.client.mutate("updateSecurityPolicy", { resetNeedsApproval: true });
    expect(refused).toMatchObject({
      ...{ __typename: "PolicyConflict", code: "POLICY_CONFLICT" },
      message: expect.stringContaining("at least three active administrators"),
    });
    await first.client.send(
      "mutation($input: ReinstateAccountInput!) { reinstateAccount(input: $input) { __typename } }",
      { input: { accountId: third.id } },
    );
    await setPolicy(first, { resetNeedsApproval: true });
    await first.client.mutate("suspendAccount", { accountId: third.id, reason: "Holiday" });
    await setPolicy(first, { lockoutMinutes: 3, resetNeedsApproval: true });
    const person = await someone();
    const { approvalId } = await request(first, person);
    expect((await approve(second, approvalId)).__typename).toBe("TwoFactorReset");
  });
});
