// Starts the built server several times on one data directory and prints how long it takes to be ready, and what
// memory it holds while idle. Figures of one machine on one day: compare them with each other, not with others'.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const ROUNDS = 5;
const IDLE_MILLISECONDS = 3_000;
const main = fileURLToPath(new URL("../apps/server/dist/main.js", import.meta.url));
const directory = mkdtempSync(join(tmpdir(), "keyturn-start-"));

try {
  const rounds = [];
  for (let round = 0; round <= ROUNDS; round += 1) rounds.push(await measure(await freePort()));
  // The first start makes the database and the first administrator; it is told apart.
  const [first, ...others] = rounds;
  console.log(`first start     ready after ${first.milliseconds} ms, ${first.mebibytes} MiB idle`);
  console.log(
    `later starts    ready after ${median(others, "milliseconds")} ms, ${median(others, "mebibytes")} MiB idle`,
  );
} finally {
  rmSync(directory, { recursive: true, force: true });
}

async function measure(port) {
  const start = performance.now();
  const server = spawn(process.execPath, ["--max-semi-space-size=1", main], {
    env: { ...process.env, PORT: String(port), KEYTURN_DATA_DIR: directory, KEYTURN_LOG_LEVEL: "warn" },
    stdio: "ignore",
  });
  const address = `http://127.0.0.1:${port}`;
  while (!(await answers(`${address}/readyz`))) await wait(5);
  const milliseconds = Math.round(performance.now() - start);
  await fetch(`${address}/graphql?query={viewer{id}}`);
  await wait(IDLE_MILLISECONDS);
  const mebibytes = residentMebibytes(server.pid);
  server.kill("SIGTERM");
  await once(server, "exit");
  return { milliseconds, mebibytes };
}

async function answers(url) {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

async function freePort() {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address();
  probe.close();
  await once(probe, "close");
  return port;
}

/** Linux alone tells it this way. */
function residentMebibytes(pid) {
  const [, kibibytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Math.round(Number(kibibytes) / 1024);
}

function median(rounds, figure) {
  const sorted = rounds.map((round) => round[figure]).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
