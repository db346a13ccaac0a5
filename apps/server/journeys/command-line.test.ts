import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { sealAuditEvents } from "../src/rooms/audit/seal-audit-events.js";
import { environmentOf, jsonLines, runBeside } from "./stage/command-line.js";
import { changeRows, failLogins, readRows } from "./stage/counters.js";
import { describeOnBoth } from "./stage/databases.js";
import { ADMINISTRATOR, type Keyturn, startKeyturn } from "./stage/keyturn.js";
import {
  createPerson,
  createProtectedPerson,
  LOGIN,
  type LoggedInPerson,
  logIn,
  logInAdministrator,
  turnTwoFactorOn,
} from "./stage/people.js";
import { type Ending, endAll, runCommand } from "./stage/process.js";

const FINE = { status: 0, stderr: "" };
const COMMANDS = [
  ["serve"],
  ["migrate"],
  ["doctor"],
  ["accounts", "list"],
  ["accounts", "create"],
  ["accounts", "import"],
  ["accounts", "unlock"],
  ["two-factor", "list"],
  ["two-factor", "reset"],
  ["keys", "rotate"],
  ["audit", "verify"],
];

afterEach(endAll);

describeOnBoth("beside a running server", (kind) => {
  let keyturn: Keyturn;
  let administrator: LoggedInPerson;
  const run = (args: string, input = ""): Promise<Ending> => runBeside(keyturn, args.split(" "), input);
  const typeOf = async (loginName: string, password: string): Promise<string> =>
    (await keyturn.anyone.mutate("login", { loginName, password }, LOGIN)).__typename;
  const accountsNamed = (key: string): Promise<{ name: string }[]> =>
    readRows(keyturn, "SELECT login_name AS name FROM accounts WHERE login_name_key = $1", [key]);

  beforeAll(async () => {
    keyturn = await startKeyturn(kind);
    administrator = await logInAdministrator(keyturn);
  });
  afterAll(() => keyturn.close());

  it.each(["doctor", "accounts list", "two-factor list", "audit verify"])(
    "%s changes nothing, also where its environment says another start of the trial",
    async (command) => {
      await keyturn.settle();
      const before = await everything();
      const beside = environmentOf(keyturn);
      const { stdout, stderr } = await runCommand(command.split(" "), {
        ...beside,
        KEYTURN_TRIAL_STARTED_ON: "2019-09-07",
      });
      expect(stdout + stderr).toMatch(/\S/);
      expect(await everything()).toEqual(before);
    },
  );

  /** Every row that says what was set or done; on SQLite every byte. */
  async function everything(): Promise<unknown> {
    const file = keyturn.database.url.replace("sqlite://", "");
    if (kind === "sqlite") return ["", "-wal"].map((end) => readFileSync(file + end).toString("base64"));
    const rows = ["security_policy", "audit_events", "accounts", "audit_chain"].map((table) =>
      readRows(keyturn, `SELECT * FROM ${table}`, []),
    );
    return await Promise.all(rows);
  }

  describe("accounts create", () => {
    it("mails a link to set the password, prints no secret, and records who is not known", async () => {
      const made = await run("accounts create ada --display-name Ada --email ada@example.com --locale ja");
      expect(made).toMatchObject(FINE);
      const { text } = await keyturn.mailbox.next(({ to }) => to === "ada@example.com");
      const token = /reset-password\/(\S+)/.exec(text)?.[1] ?? "";
      expect(made.stdout).toBe(
        "The account ada was made.\nA link to set its password, good for seven days, goes to ada@example.com.\n",
      );
      // The command's clock is the machine's, and the server's here a test's.
      await changeRows(keyturn, "UPDATE mail_links SET expires_at = expires_at + 31536000000");
      const newPassword = "calm-meadow-violet-9";
      await keyturn.anyone.mutate("resetPassword", { token, newPassword });
      expect(await typeOf("ada", newPassword)).toBe("LoggedIn");
      const rows = await readRows<Record<string, string | null>>(
        keyturn,
        `SELECT actor_id AS actor, credential, ip_address AS address, user_agent AS agent, request_id AS request,
           details FROM audit_events WHERE action = 'account.created' AND subject_login_name = 'ada'`,
      );
      expect(
        rows.map(({ details, request, ...rest }) => ({ ...rest, ...JSON.parse(details ?? "") })),
      ).toEqual([
        { actor: null, credential: null, address: null, agent: null, by: "command line", kind: "PERSON" },
      ]);
      expect(rows[0]?.["request"]).toMatch(/^[0-9a-f-]{36}$/);
    });

    it("draws a password where there is no address, and shows it this once", async () => {
      const made = await run("accounts create bob --display-name Bob --role administrator");
      expect(made).toMatchObject(FINE);
      const [, password = ""] = /this once:\n\n {2}([\w-]{20})\n/.exec(made.stdout) ?? [];
      const bob = await logIn(keyturn, { loginName: "bob", password });
      expect((await bob.client.query("{ accounts { totalCount } }")).accounts.totalCount).toBeGreaterThan(1);
      expect(JSON.stringify(await keyturn.events())).not.toContain(password);
    });

    it("takes a password from standard input, and refuses a weak one with its rules", async () => {
      const command = "accounts create carl --display-name Carl --password-stdin";
      const weak = await run(command, "carl\n");
      expect(weak).toMatchObject({ status: 1, stdout: "" });
      expect(weak.stderr).toBe(
        "Choose another password. It needs at least 8 characters. It is made of a name that belongs to the account.\n",
      );
      expect(await accountsNamed("carl")).toEqual([]);
      expect(await run(command, "quiet harbor 7 \r\nnot read\n")).toEqual({
        ...FINE,
        stdout: "The account carl was made.\n",
      });
      expect(await typeOf("carl", "quiet harbor 7 ")).toBe("LoggedIn");
    });

    it("makes a service account, which has no password", async () => {
      expect(await run("accounts create robot --display-name Robot --kind service")).toEqual({
        ...FINE,
        stdout: "The account robot was made.\n",
      });
    });
  });

  describe("accounts list", () => {
    it("shows people and programs the same accounts, and no secret", async () => {
      await createPerson(administrator, "zoe", { displayName: "Zoë 界", kind: "GUEST" });
      const shown = await run("accounts list --search ZOË");
      expect(shown).toMatchObject(FINE);
      const [head, row] = shown.stdout.split("\n");
      expect(head?.split(/ {2,}/)).toEqual([
        "LOGIN NAME",
        "DISPLAY NAME",
        "EMAIL ADDRESS",
        "KIND",
        "ROLE",
        "STATUS",
        "TWO-FACTOR",
        "LAST LOGIN",
      ]);
      expect(row?.split(/ {2,}/)).toEqual([
        "zoe",
        "Zoë 界",
        "zoe@example.com",
        "guest",
        "user",
        "active",
        "off",
        "never",
      ]);
      expect(jsonLines(await run("accounts list --search zoë --json"))).toEqual([
        {
          ...{ id: expect.any(String), loginName: "zoe", displayName: "Zoë 界" },
          ...{ emailAddress: "zoe@example.com", locale: "en", kind: "GUEST", role: "USER", status: "ACTIVE" },
          ...{ locked: false, lockedUntil: null, lastLoginAt: null, createdAt: expect.any(String) },
          ...{ twoFactor: "DISABLED", twoFactorEnabledAt: null },
        },
      ]);
    });

    it("lists every account once, past the end of a page", async () => {
      const text = `INSERT INTO accounts (id, login_name, login_name_key, display_name, display_name_key, locale,
          kind, role, role_changed_at, failed_attempts, undecided_attempts, wrong_codes, stamp, created_at)
        SELECT $1, $2, $2, 'Many', 'many', 'en', 'SERVICE', 'USER', 0, 0, '', 0, 0, 0`;
      for (let number = 100; number < 1_101; number += 1)
        await changeRows(keyturn, text, [`00000000-0000-7000-8000-00000000${number}`, `many-${number}`]);
      const ending = await run("accounts list --search many- --json");
      const names = jsonLines(ending).map(({ loginName }) => loginName);
      expect([names.length, new Set(names).size]).toEqual([1_001, 1_001]);
      await changeRows(keyturn, "DELETE FROM accounts WHERE display_name_key = 'many'");
    });

    it("says that nothing matches", async () => {
      const ending = await run("accounts list --search nobody-at-all --json");
      expect(ending).toEqual({ status: 0, stdout: "", stderr: "No account matches.\n" });
    });
  });

  it("accounts unlock lifts a lock, under any spelling of the name, and records it", async () => {
    const { loginName, password } = await createPerson(administrator, "locked-one");
    await failLogins(keyturn, loginName, 10);
    expect(await typeOf(loginName, password)).toBe("AccountLocked");
    const names = async (): Promise<string[]> =>
      jsonLines(await run("accounts list --locked --json")).map((account) => account.loginName);
    expect(await names()).toEqual([loginName]);
    const ending = await run("accounts unlock LOCKED-ONE");
    expect(ending).toMatchObject(FINE);
    expect(ending.stdout).toContain("locked-one is unlocked.");
    expect(await typeOf(loginName, password)).toBe("LoggedIn");
    expect(await names()).toEqual([]);
    expect(await keyturn.events("account.unlocked")).toMatchObject([
      { actor: null, subject: loginName, details: { by: "command line" } },
    ]);
    expect((await run("accounts unlock locked-one")).stdout).toContain("was not locked");
  });

  describe("two-factor", () => {
    it("list says who has it on, since when, and with what", async () => {
      const person = await createProtectedPerson(keyturn, administrator, "listed");
      const since = new Date(keyturn.clock.now()).toISOString();
      const listed = jsonLines(await run("two-factor list --json")).filter(
        (each) => each.loginName === "listed",
      );
      expect(listed).toEqual([
        {
          ...{ loginName: "listed", displayName: "LISTED", enabledAt: since },
          ...{ authenticators: 1, recoveryCodes: person.recoveryCodes.length },
        },
      ]);
      const { stdout } = await run("two-factor list");
      expect(stdout).toMatch(/^listed +LISTED +2027-\d\d-\d\d \d\d:\d\d UTC +1 +10$/m);
    });

    it("reset turns it off without approval, ends sessions and tokens, tells the owner, and records the reason", async () => {
      const person = await createProtectedPerson(keyturn, administrator, "reset-me");
      const asked = { name: "script", scopes: ["account:read"] };
      await person.client.mutate("createApiToken", asked, "... on ApiTokenCreated { token }");
      await changeRows(keyturn, "UPDATE security_policy SET reset_needs_approval = true");
      const args = ["two-factor", "reset", "RESET-me", "--reason", "lost phone", "--revoke-api-tokens"];
      const ending = await runBeside(keyturn, args);
      await changeRows(keyturn, "UPDATE security_policy SET reset_needs_approval = false");
      expect(ending).toMatchObject(FINE);
      expect(ending.stdout).toContain("Ended: sessions 1, API tokens 1, applications 0.");
      expect((await person.client.send("{ viewer { id } }")).status).toBe(401);
      expect(await typeOf("reset-me", person.password)).toBe("LoggedIn");
      const mail = await keyturn.mailbox.next(({ text }) => text.includes("lost phone"));
      expect(mail.to).toBe("reset-me@example.com");
      expect(mail.text).toContain("Someone at the server's command line has disabled two-factor");
      expect(await keyturn.events("two-factor.reset")).toMatchObject([
        {
          ...{ actor: null, subject: "reset-me", credential: null, result: "SUCCESS" },
          details: { by: "command line", reason: "lost phone", sessionsRevoked: "1", apiTokensRevoked: "1" },
        },
      ]);
      const again = await runBeside(keyturn, args);
      expect(again).toEqual({
        ...{ status: 1, stdout: "" },
        stderr: "Two-factor authentication is not enabled for reset-me.\n",
      });
    });

    it("reset is the way back for the last administrator", async () => {
      const protectedOne = await turnTwoFactorOn(keyturn, administrator);
      expect(await typeOf(protectedOne.loginName, protectedOne.password)).toBe("TwoFactorChallenge");
      expect(await run("two-factor reset admin --reason stolen")).toMatchObject(FINE);
      administrator = await logIn(keyturn, ADMINISTRATOR);
    });
  });

  it("audit verify finds an intact trail, its noted head, and an event that was changed", async () => {
    await sealAuditEvents(keyturn.app.context);
    const intact = await run("audit verify");
    expect(intact).toMatchObject(FINE);
    expect(intact.stdout).toContain("The audit trail is intact.");
    const [, head = ""] = /^Head: (\d+:[\w-]{43})$/m.exec(intact.stdout) ?? [];
    expect(await run(`audit verify --expect-head ${head}`)).toMatchObject(FINE);
    expect(await run(`audit verify --expect-head 1:${"A".repeat(43)}`)).toMatchObject({ status: 1 });
    expect(await run("audit verify --expect-head head")).toMatchObject({ status: 1, stdout: "" });
    await changeRows(keyturn, "UPDATE audit_events SET subject_login_name = 'eve' WHERE sequence = 3");
    const broken = await run("audit verify");
    expect(broken).toMatchObject({ status: 1, stderr: "" });
    expect(broken.stdout).toMatch(
      /^The event at 3 \(.+\) does not follow[\s\S]+The audit trail is not intact\./,
    );
    expect(jsonLines(await run("audit verify --json"))).toMatchObject([
      { intact: false, faults: [{ kind: "changed", sequence: 3 }] },
    ]);
  });
});

describe("a command", () => {
  let keyturn: Keyturn;
  beforeAll(async () => {
    keyturn = await startKeyturn("sqlite");
  });
  afterAll(() => keyturn.close());

  it.each([
    ["a name that is taken, in another case", "ADMIN --display-name x", "This login name is taken"],
    ["a name that could be none", "a:b --display-name x", "LOGIN: expected 1 to 128 characters"],
    ["a bad address", "x --display-name x --email nowhere", "--email: expected an email address"],
    ["a bad language", "x --display-name x --locale 1", "--locale: expected a language tag"],
    [
      "a guest who is an administrator",
      "x --display-name x --kind guest --role administrator",
      "--role: only",
    ],
    ["a password for a service", "x --display-name x --kind service --password-stdin", "has no password"],
    ["no password to read", "x --display-name x --password-stdin", "--password-stdin: expected a password"],
    ["no display name", "x", "required option '--display-name"],
    ["a role there is none of", "x --display-name x --role owner", "Allowed choices are user, administrator"],
  ])("accounts create refuses %s, and makes nothing", async (what, args, sentence) => {
    const ending = await runBeside(
      keyturn,
      ["accounts", "create", ...args.split(" ")],
      what.includes("service") ? "quiet harbor 7\n" : "",
    );
    expect(ending).toMatchObject({ status: 1, stdout: "" });
    expect(ending.stderr).toContain(sentence);
    expect(await readRows(keyturn, "SELECT id FROM accounts WHERE login_name_key = 'x'")).toEqual([]);
  });

  it.each(["accounts list", "accounts unlock admin", "two-factor list", "keys rotate", "audit verify"])(
    "%s makes no database where there is none, and says where it looked",
    async (args) => {
      const directory = join(keyturn.dataDirectory, "elsewhere");
      const ending = await runCommand(args.split(" "), { KEYTURN_DATA_DIR: directory });
      expect(ending).toMatchObject({ status: 1, stdout: "" });
      expect(ending.stderr).toContain(`There is no database at ${directory}`);
      expect(existsSync(directory)).toBe(false);
    },
  );

  it.each([
    ["a name that nobody bears", "nobody --reason x", 'There is no account with the login name "nobody".'],
    ["a name that could be none", "no:body --reason x", "There is no account with the login name"],
    ["no reason", "admin", "required option '--reason"],
  ])("two-factor reset refuses %s", async (_, args, sentence) => {
    const ending = await runBeside(keyturn, ["two-factor", "reset", ...args.split(" ")]);
    expect(ending).toMatchObject({ status: 1, stdout: "" });
    expect(ending.stderr).toContain(sentence);
  });

  it("two-factor reset refuses an empty reason", async () => {
    const ending = await runBeside(keyturn, ["two-factor", "reset", "admin", "--reason", " "]);
    expect(ending).toMatchObject({ status: 1, stdout: "" });
    expect(ending.stderr).toContain("--reason: expected 1 to 500 characters");
  });
});

describe("every command", () => {
  it.each(COMMANDS.map((command) => [command]))("explains itself: %j", async (command) => {
    const { status, stdout, stderr } = await runCommand([...command, "--help"], {});
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toContain(`Usage: keyturn ${command.join(" ")}`);
  });

  it("refuses an option that it has not, and shows its help", async () => {
    const { status, stdout, stderr } = await runCommand(["accounts", "list", "--everything"], {});
    expect([status, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(/unknown option '--everything'[\s\S]+Usage: keyturn accounts list/);
  });

  it("ends with status 78 where the configuration cannot be used", async () => {
    const { status, stderr } = await runCommand(["accounts", "list"], { KEYTURN_ARGON2: "cheap" });
    expect(status).toBe(78);
    expect(stderr).toContain("KEYTURN_ARGON2: expected");
  });
});
