import { afterAll, beforeAll, expect, it } from "vitest";
import { changeRows } from "./stage/counters.js";
import { describeOnBoth } from "./stage/databases.js";
import { type Keyturn, startKeyturn } from "./stage/keyturn.js";
import {
  createPerson,
  createProtectedPerson,
  LOGIN,
  logIn,
  logInWithCode,
  type Person,
  type ProtectedPerson,
  withPassword,
  withToken,
} from "./stage/people.js";
import { protectAdministrator, setPolicy } from "./stage/proofs.js";

type Rule = "FORBIDDEN" | "OPTIONAL" | "ADMINISTRATORS" | "REQUIRED" | "LATER";
type Name = "ann" | "carl" | "dora" | "emil" | "guest" | "robot";

const RULES: readonly Rule[] = ["FORBIDDEN", "OPTIONAL", "ADMINISTRATORS", "REQUIRED", "LATER"];

// Written by hand from the rules of the house. Columns: FORBIDDEN, OPTIONAL, ADMINISTRATORS, REQUIRED, LATER.
// ann: a person without a second factor, carl: one with it; dora and emil: administrators, likewise.
const PASSWORDS = `
ann    +       +        +       -       +
carl   +       -        -       -       -
dora   +       +        -       -       +
emil   +       -        -       -       -
guest  +       +        +       -       +
robot  -       -        -       -       -`;
const LOGINS = `
ann    session session  session enroll  session
carl   session code     code    code    code
dora   session session  enroll  enroll  session
emil   session code     code    code    code
guest  session session  session session session
robot  invalid invalid  invalid invalid invalid`;
// Sessions by the password alone, opened while the rule was FORBIDDEN, and sessions by password and code.
const SESSIONS = `
ann    +       +        +       -       +
carl   +       -        -       -       -
dora   +       +        -       -       +
emil   +       -        -       -       -
guest  +       +        +       +       +
carl2  +       +        +       +       +
emil2  +       +        +       +       +`;

const REQUIRED = "Two-factor authentication is required (Keyturn)";
const FORBIDDEN = "Two-factor authentication is not asked for now (Keyturn)";
const AGAIN = "Two-factor authentication is asked for again (Keyturn)";
// Who is told what when a rule takes the place of another; those who left FORBIDDEN behind are told beside.
const TOLD: Readonly<Record<Rule, Readonly<Partial<Record<Name, string>>>>> = {
  FORBIDDEN: { carl: FORBIDDEN, emil: FORBIDDEN },
  OPTIONAL: {},
  ADMINISTRATORS: { dora: REQUIRED },
  REQUIRED: { ann: REQUIRED, dora: REQUIRED },
  LATER: { ann: REQUIRED, dora: REQUIRED },
};
const KINDS: Readonly<Record<string, string>> = {
  ...{ LoggedIn: "session", TwoFactorChallenge: "code" },
  ...{ TwoFactorEnrollmentRequired: "enroll", InvalidLogin: "invalid" },
};

type Cells = Readonly<Record<string, string>>;

function column(table: string, rule: Rule): Cells {
  const rows = table.trim().split("\n");
  return Object.fromEntries(
    rows.map((row) => {
      const [name = "", ...cells] = row.split(/\s+/);
      return [name, cells[RULES.indexOf(rule)] ?? ""];
    }),
  );
}

/** What stands under both: what ended does not come back. */
function both(one: Cells, other: Cells): Cells {
  return Object.fromEntries(
    Object.entries(one).map(([name, cell]) => [name, other[name] === "+" ? cell : "-"]),
  );
}

/** How many stood before and do not after. */
function lost(before: Cells, after: Cells): number {
  return Object.entries(before).filter(([name, cell]) => cell === "+" && after[name] === "-").length;
}

const CHANGES = RULES.flatMap((from) => RULES.map((to) => ({ from, to }))).filter(
  ({ from, to }) => from !== to || from === "LATER",
);

/** A moment as mails write it, in English and by the one clock that everyone can reckon with. */
function inWords(moment: number): string {
  return new Date(moment).toLocaleString("en-US", { dateStyle: "long", timeStyle: "short", timeZone: "UTC" });
}

describeOnBoth("a change of the two-factor rule", (kind) => {
  let keyturn: Keyturn;
  let administrator: ProtectedPerson;
  let people: Readonly<Record<Name, Person>>;
  let ann: Person;
  let carl: ProtectedPerson;
  let dora: Person;
  let emil: ProtectedPerson;

  const logInAdministrator = async (): Promise<void> => {
    administrator = { ...administrator, ...(await logInWithCode(keyturn, administrator)) };
  };
  const inputOf = (rule: Rule): object => {
    if (rule === "ADMINISTRATORS") return { twoFactor: "REQUIRED_FOR_ADMINISTRATORS" };
    if (rule === "REQUIRED") return { twoFactor: "REQUIRED", twoFactorRequiredFrom: null };
    if (rule !== "LATER") return { twoFactor: rule };
    return { twoFactor: "REQUIRED", twoFactorRequiredFrom: new Date(laterDate()).toISOString() };
  };
  const laterDate = (): number => keyturn.clock.now() + 3_600_000;
  const set = (rule: Rule): Promise<void> => setPolicy(administrator, inputOf(rule));
  const mapPeople = async (ask: (person: Person) => Promise<string>): Promise<Cells> =>
    Object.fromEntries(
      await Promise.all(Object.entries(people).map(async ([name, person]) => [name, await ask(person)])),
    );
  const passwords = (): Promise<Cells> =>
    mapPeople(async (person) => {
      const { status } = await withPassword(keyturn, person).send("{ viewer { id } }");
      return status === 200 ? "+" : "-";
    });
  const logins = (): Promise<Cells> =>
    mapPeople(async ({ loginName, password }) => {
      const answer = await keyturn.anyone.mutate("login", { loginName, password }, LOGIN);
      if (answer.__typename === "LoggedIn")
        await withToken(keyturn, answer.sessionToken).mutate("logout", {});
      return KINDS[answer.__typename] ?? answer.__typename;
    });
  const sessions = async (tokens: Cells): Promise<Cells> => {
    const ask = async ([name, token]: [string, string]): Promise<[string, string]> => {
      const { status } = await withToken(keyturn, token).send("{ viewer { id } }");
      return [name, status === 200 ? "+" : "-"];
    };
    return Object.fromEntries(await Promise.all(Object.entries(tokens).map(ask)));
  };
  /** Everyone logs in by what they have, and by the password alone while no code is asked for; no other session is. */
  const openSessions = async (): Promise<Cells> => {
    await logInAdministrator();
    await set("OPTIONAL");
    await changeRows(keyturn, "DELETE FROM sessions");
    await changeRows(keyturn, "UPDATE accounts SET failed_attempts = 0");
    await logInAdministrator();
    const withCode = { carl2: await logInWithCode(keyturn, carl), emil2: await logInWithCode(keyturn, emil) };
    await set("FORBIDDEN");
    const { robot: _robot, ...others } = people;
    const opened = await Promise.all(
      Object.entries(others).map(async ([name, person]) => [name, (await logIn(keyturn, person)).token]),
    );
    const tokens = Object.entries(withCode).map(([name, { token }]) => [name, token]);
    return Object.fromEntries([...opened, ...tokens]);
  };
  const toldSince = async (mark: number): Promise<{ to: string; subject: string; text: string }[]> => {
    await keyturn.settle();
    return keyturn.mailbox.received.slice(mark);
  };
  const preview = async (rule: Rule) => {
    const text =
      "query($input: UpdateSecurityPolicyInput!) { previewSecurityPolicy(input: $input) { sessionsEnded passwordCallersAffected } }";
    return (await administrator.client.query(text, { input: inputOf(rule) })).previewSecurityPolicy;
  };

  beforeAll(async () => {
    keyturn = await startKeyturn(kind);
    administrator = await protectAdministrator(keyturn);
    ann = await createPerson(administrator, "ann");
    carl = await createProtectedPerson(keyturn, administrator, "carl");
    dora = await createPerson(administrator, "dora");
    emil = await createProtectedPerson(keyturn, administrator, "emil");
    for (const { id } of [dora, emil])
      await administrator.client.mutate("changeAccountRole", { accountId: id, role: "ADMINISTRATOR" });
    const guest = await createPerson(administrator, "guest", { kind: "GUEST" });
    const service = await createPerson(administrator, "robot", { kind: "SERVICE" });
    const robot = { ...service, password: "quiet-harbor-lantern-7" };
    people = { ann, carl, dora, emil, guest, robot };
  });
  afterAll(() => keyturn.close());

  it.each(CHANGES)(
    "from $from to $to does what it says, to whom it says, as its preview said",
    async (row) => {
      const { from, to } = row;
      const tokens = await openSessions();
      expect(await passwords()).toEqual(column(PASSWORDS, "FORBIDDEN"));
      if (from !== "FORBIDDEN") await set(from);
      const before = {
        passwords: await passwords(),
        logins: await logins(),
        sessions: await sessions(tokens),
      };
      expect(before).toEqual({
        ...{ passwords: column(PASSWORDS, from), logins: column(LOGINS, from) },
        sessions: column(SESSIONS, from),
      });

      const mark = (await toldSince(0)).length;
      keyturn.clock.advance({ seconds: 1 });
      const foreseen = await preview(to);
      const date = laterDate();
      await set(to);
      const told = await toldSince(mark);
      const left = from === "FORBIDDEN" ? { carl: AGAIN, emil: AGAIN } : {};
      const expected = Object.entries({ ...left, ...TOLD[to] });
      expect(told.map((mail) => `${mail.to}: ${mail.subject}`).toSorted()).toEqual(
        expected.map(([name, subject]) => `${name}@example.com: ${subject}`).toSorted(),
      );
      for (const { subject, text } of told)
        if (subject === REQUIRED && to === "LATER") expect(text).toContain(`from ${inWords(date)} UTC on`);
        else expect(text).not.toMatch(/\d{4}-\d{2}-\d{2}/);

      const standing = both(column(SESSIONS, from), column(SESSIONS, to));
      const after = {
        passwords: await passwords(),
        logins: await logins(),
        sessions: await sessions(tokens),
      };
      expect(after).toEqual({
        ...{ passwords: column(PASSWORDS, to), logins: column(LOGINS, to) },
        sessions: standing,
      });

      let end = after;
      if (to === "LATER") {
        const silent = (await toldSince(0)).length;
        keyturn.clock.set(date);
        end = { passwords: await passwords(), logins: after.logins, sessions: await sessions(tokens) };
        expect(end).toEqual({
          ...{ passwords: column(PASSWORDS, "REQUIRED"), logins: after.logins },
          sessions: both(standing, column(SESSIONS, "REQUIRED")),
        });
        expect(await toldSince(silent)).toEqual([]);
        expect(await logins()).toEqual(column(LOGINS, "REQUIRED"));
      }
      expect(foreseen).toEqual({
        sessionsEnded: lost(before.sessions, end.sessions),
        passwordCallersAffected: lost(before.passwords, end.passwords),
      });
    },
  );

  it.each(RULES)("to %s after a date has come brings no session back, and foresees the same", async (to) => {
    const tokens = await openSessions();
    const since = laterDate();
    await set("LATER");
    keyturn.clock.set(since);
    await logInAdministrator();
    const before = await sessions(tokens);
    expect(before).toEqual(both(column(SESSIONS, "LATER"), column(SESSIONS, "REQUIRED")));
    const accepted = await passwords();
    const foreseen = await preview(to);
    const mark = (await toldSince(0)).length;
    await set(to);
    // REQUIRED was in force already: nothing is new to anyone.
    const expected = to === "REQUIRED" ? {} : TOLD[to];
    expect((await toldSince(mark)).map((mail) => `${mail.to}: ${mail.subject}`).toSorted()).toEqual(
      Object.entries(expected).map(([name, subject]) => `${name}@example.com: ${subject}`),
    );
    const after = await sessions(tokens);
    expect(after).toEqual(both(before, column(SESSIONS, to)));
    expect(await passwords()).toEqual(column(PASSWORDS, to));
    if (to !== "LATER")
      expect(foreseen).toEqual({
        sessionsEnded: lost(before, after),
        passwordCallersAffected: lost(accepted, column(PASSWORDS, to)),
      });
  });
});
