// Starts the built server and sends each door texts made to hurt its own patterns, and harmless ones of the same length.
// Prints the ratios of the processor time that they cost; ends with status 1 where one is above ten. Linux alone tells
// a process's time this way. Figures of one machine on one day: compare them with each other, not with others'.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { request } from "node:http";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";

/** Milliseconds of processor time for each figure. */
const ENOUGH = 100;
const MOST = 10;
const BODY = 90_000;
const HEADER = 9_000;
const UNITS = [
  " cannot represent ",
  'at "',
  'Name "',
  "a.",
  "://a:",
  "kt_a",
  ",",
  "=",
  "%",
  '"',
  "{",
  "[",
  "İ",
  "ﷺ",
];
const JSON_TYPE = { "content-type": "application/json" };
const FORM_TYPE = { "content-type": "application/x-www-form-urlencoded" };

const login = (loginName) => ({
  ...{ method: "POST", path: "/graphql", headers: JSON_TYPE },
  body: JSON.stringify({ query: LOGIN, variables: { input: { loginName, password: "wrong-password" } } }),
});
const LOGIN = "mutation($input: LoginInput!) { login(input: $input) { __typename } }";
const byHeader = (path, name) => (text) => ({ method: "GET", path, headers: { [name]: latin(text) } });

/** Each takes a text of its length, and says what is sent. */
const DOORS = [
  [
    "a document",
    BODY,
    (text) => ({
      method: "POST",
      path: "/graphql",
      headers: JSON_TYPE,
      body: JSON.stringify({ query: text }).slice(0, 100_000),
    }),
  ],
  [
    "a value of a wrong type",
    BODY / 2,
    (text) => ({
      method: "POST",
      path: "/graphql",
      headers: JSON_TYPE,
      body: JSON.stringify({ query: LOGIN, variables: { input: { loginName: [text], password: 1 } } }),
    }),
  ],
  ["a login name", BODY / 2, login],
  [
    "a form",
    BODY / 9,
    (text) => ({
      method: "POST",
      path: "/oauth2/token",
      headers: FORM_TYPE,
      body: new URLSearchParams({ client_id: text }).toString(),
    }),
  ],
  ["Authorization", HEADER, byHeader("/forward-auth", "authorization")],
  ["Cookie", HEADER, byHeader("/login", "cookie")],
  ["Accept-Language", HEADER, byHeader("/login", "accept-language")],
  ["X-Forwarded-For", HEADER, byHeader("/login", "x-forwarded-for")],
  ["X-Keyturn-Require", HEADER, byHeader("/forward-auth", "x-keyturn-require")],
  [
    "an address",
    HEADER,
    (text) => ({ method: "GET", path: `/${encodeURIComponent(text).slice(0, HEADER)}`, headers: {} }),
  ],
];

const directory = mkdtempSync(join(tmpdir(), "keyturn-hurtful-"));
const port = await freePort();
const main = fileURLToPath(new URL("../apps/server/dist/main.js", import.meta.url));
const server = spawn(process.execPath, [main], {
  env: {
    ...process.env,
    PORT: String(port),
    KEYTURN_DATA_DIR: directory,
    KEYTURN_ATTEMPTS_PER_ADDRESS: "0",
    KEYTURN_ARGON2: "m=64,t=1,p=1",
  },
  stdio: "ignore",
});

try {
  while (!(await answers())) await wait(20);
  for (const [, length, asked] of DOORS) await cost(asked("a".repeat(length)));
  for (const [title, length, asked] of DOORS) {
    const harmless = await cost(asked("a".repeat(length)));
    const ratios = [];
    for (const unit of UNITS)
      ratios.push([unit, (await cost(asked(unit.repeat(length / unit.length)))) / harmless]);
    const [unit, ratio] = ratios.reduce((worst, each) => (each[1] > worst[1] ? each : worst));
    console.log(
      `${title.padEnd(24)} ${harmless.toFixed(2).padStart(6)} ms harmless, at most ${ratio.toFixed(1)} times by ${JSON.stringify(unit)}`,
    );
    if (ratio > MOST) process.exitCode = 1;
  }
} finally {
  server.kill("SIGTERM");
  await once(server, "exit");
  rmSync(directory, { recursive: true, force: true });
}

/** The milliseconds of processor time that one request costs: the kernel counts by ten, so that many are sent. */
async function cost(asked) {
  const before = processorTime();
  let sent = 0;
  while (processorTime() - before < ENOUGH) {
    await send(asked);
    sent += 1;
  }
  return (processorTime() - before) / sent;
}

function processorTime() {
  const fields = readFileSync(`/proc/${server.pid}/stat`, "utf8").split(") ")[1].split(" ");
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

function send({ method, path, headers, body }) {
  return new Promise((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port, method, path, headers }, (response) => {
      response.resume();
      response.once("end", resolve);
    });
    sent.once("error", reject);
    sent.end(body);
  });
}

async function answers() {
  try {
    await send({ method: "GET", path: "/readyz", headers: {} });
    return true;
  } catch {
    return false;
  }
}

function latin(text) {
  return Buffer.from(text)
    .toString("latin1")
    .replace(/[^\x20-\x7e\x80-\xff]/g, " ");
}

async function freePort() {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address();
  probe.close();
  await once(probe, "close");
  return port;
}
