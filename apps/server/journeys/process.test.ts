import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { chmod, mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { Agent, get, type IncomingMessage, request } from "node:http";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createClient, mutation } from "./stage/client.js";
import { describeOnBoth, freshDatabase } from "./stage/databases.js";
import { type Ending, endAll, runCommand, runMain, serveIn, stop } from "./stage/process.js";

const SHOWN = /password {4}(\S+)/g;
let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "keyturn-process-"));
});
afterEach(async () => {
  await endAll();
  await rm(directory, { recursive: true, force: true });
});

function passwordsIn({ stdout }: Ending): string[] {
  return [...stdout.matchAll(SHOWN)].map(([, password]) => password ?? "");
}

async function logInAt(address: string, password: string): Promise<string> {
  return (await createClient(address).mutate("login", { loginName: "admin", password })).__typename;
}

describe("a first start", () => {
  it("prints the first administrator's password, which logs in, and a second start prints none", async () => {
    const first = await stop(await serveIn({ KEYTURN_DATA_DIR: directory }));
    expect(first.stdout).toContain(`Mails: files in ${directory}/mails`);
    const [password = "", ...more] = passwordsIn(first);
    expect(password).toMatch(/^[\w-]{20}$/);
    expect(more).toEqual([]);
    const second = await serveIn({ KEYTURN_DATA_DIR: directory });
    expect(await logInAt(second.address, password)).toBe("LoggedIn");
    const ending = await stop(second);
    expect(ending).toMatchObject({ status: 0, stderr: "" });
    expect(ending.stdout).not.toContain("first administrator");
    expect(ending.stdout).not.toContain(password);
  });

  it("makes no account where its port is taken: the next start prints the password", async () => {
    const taken = createServer().listen(0, "127.0.0.1");
    await once(taken, "listening");
    const { port } = taken.address() as AddressInfo;
    const refused = await runMain({ KEYTURN_DATA_DIR: directory, PORT: String(port) }).ended;
    taken.close();
    expect([refused.status, refused.stderr]).toEqual([1, expect.stringContaining("EADDRINUSE")]);
    expect(passwordsIn(refused)).toEqual([]);
    const server = await serveIn({ KEYTURN_DATA_DIR: directory });
    const [, password = ""] = await server.says(/password {4}(\S+)\n/);
    expect(await logInAt(server.address, password)).toBe("LoggedIn");
  });

  it.each(["password", "adminadmin"])(
    "refuses the password %s by name, and makes no account",
    async (password) => {
      const refused = await runMain({
        KEYTURN_DATA_DIR: directory,
        KEYTURN_ADMIN_PASSWORD: password,
        PORT: "0",
      }).ended;
      expect([refused.status, namedIn(refused.stderr)]).toEqual([78, ["KEYTURN_ADMIN_PASSWORD"]]);
      expect(refused.stderr).toMatch(/common|name that belongs/);
      expect(passwordsIn(await stop(await serveIn({ KEYTURN_DATA_DIR: directory })))).toHaveLength(1);
    },
  );

  it("takes a line end after a given password for the file's, and no part of it", async () => {
    const server = await serveIn({
      KEYTURN_DATA_DIR: directory,
      KEYTURN_ADMIN_PASSWORD: "plum-otter-basin-42\r\n",
    });
    expect(await logInAt(server.address, "plum-otter-basin-42")).toBe("LoggedIn");
  });

  it("never prints a password that was given", async () => {
    const given = { KEYTURN_ADMIN_PASSWORD: "plum-otter-basin-42" };
    const server = await serveIn({ KEYTURN_DATA_DIR: directory, ...given });
    expect(await logInAt(server.address, given.KEYTURN_ADMIN_PASSWORD)).toBe("LoggedIn");
    const { stdout, stderr } = await stop(server);
    expect(stdout + stderr).not.toContain(given.KEYTURN_ADMIN_PASSWORD);
  });
});

describeOnBoth("two processes that start at once", (kind) => {
  it("both become ready, and one of them prints the one password, which logs in at both", async () => {
    const { url, drop } = await freshDatabase(kind);
    const environment = { KEYTURN_DATA_DIR: directory, KEYTURN_DATABASE_URL: url };
    const servers = await Promise.all([serveIn(environment), serveIn(environment)]);
    const [, password = ""] = await Promise.any(servers.map(({ says }) => says(/password {4}(\S+)\n/)));
    const outcomes = servers.map(({ address }) => logInAt(address, password));
    expect(await Promise.all(outcomes)).toEqual(["LoggedIn", "LoggedIn"]);
    const endings = await Promise.all(servers.map(stop));
    expect(endings.map(({ status }) => status)).toEqual([0, 0]);
    expect(endings.flatMap(passwordsIn)).toEqual([password]);
    await drop();
  });
});

describe("a configuration that cannot be used", () => {
  it("ends the start with status 78 and names every faulty variable at once, but no value", async () => {
    const faulty = {
      PORT: "seventy",
      KEYTURN_PUBLIC_URL: "ftp://files.example",
      KEYTURN_DATABASE_URL: "postgres://kt:100%@db.example/keyturn",
      KEYTURN_SMTP_URL: "smtps://kt:%FF@mail.example",
      KEYTURN_SECRET_KEYS: "k1:c2hvcnQ=",
      KEYTURN_ARGON2: "cheap",
      KEYTURN_ATTEMPTS_PER_ADDRESS: "-1",
      KEYTURN_TRUSTED_PROXIES: "everyone",
      KEYTURN_LOG_LEVEL: "loud",
      KEYTURN_PUBLIK_URL: "https://id.example.com",
    };
    const { status, stdout, stderr } = await runMain({ KEYTURN_DATA_DIR: directory, ...faulty }).ended;
    expect([status, stdout]).toEqual([78, ""]);
    expect(namedIn(stderr)).toEqual(Object.keys(faulty).sort());
    for (const value of Object.values(faulty).slice(0, -1)) expect(stderr).not.toContain(value);
  });

  it("ends a command of the command line too", async () => {
    const { status, stderr } = await runCommand(["migrate"], { KEYTURN_DATA_DIR: directory, PORT: "x" });
    expect([status, namedIn(stderr)]).toEqual([78, ["PORT"]]);
  });
});

describe("in production", () => {
  const good = (): Record<string, string> => ({
    NODE_ENV: "production",
    KEYTURN_DATA_DIR: directory,
    KEYTURN_PUBLIC_URL: "https://id.example.com",
    KEYTURN_SECRET_KEYS: `k1:${randomBytes(32).toString("base64")}`,
  });

  it("the server starts where nothing is refused", async () => {
    expect(await stop(await serveIn(good()))).toMatchObject({ status: 0, stderr: "" });
  });

  it.each([
    ["no secret keys", "KEYTURN_SECRET_KEYS", ""],
    ["the documents' secret key", "KEYTURN_SECRET_KEYS", "k1:MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="],
    ["the documents' password", "KEYTURN_ADMIN_PASSWORD", "change-me-before-use"],
    ["plain http off loopback", "KEYTURN_PUBLIC_URL", "http://id.example.com"],
    ["a cheap password hash", "KEYTURN_ARGON2", "m=64,t=1,p=1"],
  ])("%s is refused by name", async (_what, name, value) => {
    const { status, stderr } = await runMain({ ...good(), [name]: value }).ended;
    expect([status, namedIn(stderr)]).toEqual([78, [name]]);
    if (value !== "") expect(stderr).not.toContain(value);
  });

  it("a database file that others can read is refused by name, with what to do", async () => {
    await stop(await serveIn(good()));
    await chmod(directory, "755");
    await chmod(join(directory, "keyturn.sqlite"), "644");
    const { status, stderr } = await runMain(good()).ended;
    expect([status, namedIn(stderr)]).toEqual([78, ["KEYTURN_DATA_DIR"]]);
    expect(stderr).toContain(`chmod go-rwx ${join(directory, "keyturn.sqlite")}`);
  });

  it.each(["777", "770", "702"])("a data directory of mode %s is refused by name", async (mode) => {
    await chmod(directory, mode);
    const { status, stderr } = await runMain(good()).ended;
    expect([status, namedIn(stderr)]).toEqual([78, ["KEYTURN_DATA_DIR"]]);
  });
});

describe("a start that cannot use its files names them", () => {
  it("where the database is no database, or a directory", async () => {
    const file = join(directory, "text.sqlite");
    await writeFile(file, "no database ".repeat(1_000));
    for (const path of [file, directory]) {
      const environment = { KEYTURN_DATA_DIR: directory, KEYTURN_DATABASE_URL: `sqlite://${path}` };
      const { status, stderr } = await runMain(environment).ended;
      expect([status, namedIn(stderr)]).toEqual([78, ["KEYTURN_DATABASE_URL"]]);
      expect(stderr).toContain(path);
    }
  });

  it.runIf(process.platform === "linux")("where the system takes no directories", async () => {
    const { status, stderr } = await runMain({ KEYTURN_DATA_DIR: "/proc/keyturn/data" }).ended;
    expect([status, namedIn(stderr)]).toEqual([78, ["KEYTURN_DATA_DIR"]]);
    expect(stderr).toContain("/proc/keyturn/data");
  });
});

describe("the files of a start", () => {
  const umask = process.umask();
  afterEach(() => process.umask(umask));

  const modes = async (): Promise<string[]> => {
    const names = await readdir(directory, { recursive: true });
    const stats = await Promise.all(names.map((each) => stat(join(directory, each))));
    return stats.map(({ mode }, index) => `${names[index]} ${((mode & 0o077) >>> 0).toString(8)}`);
  };

  it("are its owner's alone, whatever the process inherits", async () => {
    process.umask(0o022);
    await chmod(directory, 0o755);
    const server = await serveIn({ KEYTURN_DATA_DIR: directory });
    await createClient(server.address).send(mutation("login"), {
      input: { loginName: "a", password: "wrong-password" },
    });
    const made = await modes();
    expect(made.length).toBeGreaterThan(2);
    expect(made.filter((each) => !each.endsWith(" 0"))).toEqual([]);
    await stop(server);
    await runCommand(["accounts", "create", "ann", "--email", "ann@example.test", "--display-name", "Ann"], {
      KEYTURN_DATA_DIR: directory,
    });
    expect((await modes()).filter((each) => !each.endsWith(" 0"))).toEqual([]);
  });
});

describe("SIGTERM", () => {
  const password = "plum-otter-basin-42";
  const environment = () => ({ KEYTURN_DATA_DIR: directory, KEYTURN_ADMIN_PASSWORD: password });

  it.each(["SIGTERM", "SIGINT"] as const)(
    "or its like ends an idle server with status 0: %s",
    async (signal) => {
      const server = await serveIn(environment());
      server.signal(signal);
      expect(await server.ended).toMatchObject({ status: 0, stderr: "" });
    },
  );

  it("ends the server with status 0 while a client keeps its connection alive", async () => {
    const server = await serveIn(environment());
    const agent = new Agent({ keepAlive: true });
    const [answer] = (await once(get(`${server.address}/livez`, { agent }), "response")) as [IncomingMessage];
    expect(answer.headers.connection).toBe("keep-alive");
    const { socket } = answer;
    await text(answer);
    expect(socket.destroyed).toBe(false);
    expect(await stop(server)).toMatchObject({ status: 0 });
    agent.destroy();
  });

  it("lets a request finish whose body had only half arrived, hash and all, and then hangs up", async () => {
    const server = await serveIn({ ...environment(), KEYTURN_ARGON2: "m=19456,t=20,p=1" });
    const input = { loginName: "admin", password };
    const body = JSON.stringify({ query: mutation("login"), variables: { input } });
    const agent = new Agent({ keepAlive: true });
    const headers = {
      "content-type": "application/json",
      "content-length": body.length,
      expect: "100-continue",
    };
    const sent = request(`${server.address}/graphql`, { method: "POST", agent, headers });
    sent.flushHeaders();
    // The server answers this once the headers have arrived: from here on the request is in flight.
    await once(sent, "continue");
    sent.write(body.slice(0, 20));
    server.signal("SIGTERM");
    await server.says(/"msg":"stopping"/);
    sent.end(body.slice(20));
    const [answer] = (await once(sent, "response")) as [IncomingMessage];
    expect([answer.statusCode, answer.headers.connection]).toEqual([200, "close"]);
    expect(JSON.parse(await text(answer)).data.login.__typename).toBe("LoggedIn");
    expect(await server.ended).toMatchObject({ status: 0, stderr: "" });
    agent.destroy();
  });

  it("leaves the database whole: what was answered is there at the next start", async () => {
    const server = await serveIn(environment());
    const client = createClient(server.address);
    const selection = "... on LoggedIn { sessionToken }";
    const { sessionToken } = await client.mutate("login", { loginName: "admin", password }, selection);
    await stop(server);
    const next = await serveIn(environment());
    const again = createClient(next.address, { authorization: `Bearer ${sessionToken}` });
    expect((await again.query("{ viewer { loginName } }")).viewer.loginName).toBe("admin");
  });
});

describe("the command line", () => {
  it.each([[["--help"]], [["serve", "--help"]], [["migrate", "--help"]]])(
    "explains itself: %j",
    async (args) => {
      const { status, stdout, stderr } = await runCommand(args, {});
      expect([status, stderr]).toEqual([0, ""]);
      expect(stdout).toContain("Usage: keyturn");
    },
  );

  it("migrates a new database, does nothing to one that is up to date, and makes no account", async () => {
    for (let time = 0; time < 2; time += 1) {
      const ending = await runCommand(["migrate"], { KEYTURN_DATA_DIR: directory });
      expect(ending).toEqual({ status: 0, stdout: "The database is up to date.\n", stderr: "" });
    }
    expect(passwordsIn(await stop(await serveIn({ KEYTURN_DATA_DIR: directory })))).toHaveLength(1);
  });

  it("refuses a command there is none of, and says which there are", async () => {
    const { status, stderr } = await runCommand(["destroy"], {});
    expect(status).not.toBe(0);
    expect(stderr).toMatch(/unknown command[\s\S]+serve[\s\S]+migrate/);
  });
});

function namedIn(stderr: string): string[] {
  return [...stderr.matchAll(/^ {2}(\w+): expected /gm)].map(([, name]) => name ?? "").sort();
}
