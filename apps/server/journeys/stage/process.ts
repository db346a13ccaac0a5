import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";

/** How a process ended. */
export interface Ending {
  /** Null where a signal ended it. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A process of the built program. */
export interface Running {
  /** Waits until its standard output matches, and returns the match; fails, with all that it said, where it ends before. */
  readonly says: (pattern: RegExp) => Promise<RegExpExecArray>;
  readonly signal: (signal: NodeJS.Signals) => void;
  /** Reads no more of its output, as `head` does when it has enough. */
  readonly stopReading: () => void;
  readonly ended: Promise<Ending>;
}

/** A server in a process of its own, ready. */
export interface RunningServer extends Running {
  readonly address: string;
}

const READY = /"msg":"ready"/;

const main = fileURLToPath(new URL("../../dist/main.js", import.meta.url));
const command = fileURLToPath(new URL("../../bin/keyturn.js", import.meta.url));
const alive = new Set<ChildProcess>();

/** Runs the server's own file; nothing of this process's environment is handed down but what finds programs. */
export function runMain(environment: Record<string, string>): Running {
  return run([main], environment);
}

/** Runs a document's command in a folder: one that starts a program of Node's and goes on until it is ended. */
export function runShown(command: string, folder: string, environment: Record<string, string>): Running {
  // In the place of its shell, so that a signal reaches it.
  const script = command.replace(/^node /m, "exec node ");
  return run(["--norc", "-euc", script], environment, { program: "bash", folder });
}

/** Begins a run of the command line, with a text as its standard input. */
export function beginCommand(
  args: readonly string[],
  environment: Record<string, string>,
  input = "",
): Running {
  return run([command, ...args], environment, { input });
}

/** Runs the command line to its end. */
export function runCommand(
  args: readonly string[],
  environment: Record<string, string>,
  input = "",
): Promise<Ending> {
  return beginCommand(args, environment, input).ended;
}

/** Starts a server on a free port, and waits until it is ready. */
export async function serveIn(environment: Record<string, string>): Promise<RunningServer> {
  const port = await freePort();
  const running = runMain({ PORT: String(port), ...environment });
  await running.says(READY);
  return { ...running, address: `http://127.0.0.1:${port}` };
}

/** Asks a server to stop, and returns how it ended. */
export async function stop({ signal, ended }: Running): Promise<Ending> {
  signal("SIGTERM");
  return await ended;
}

/** Ends what a test left running. */
export async function endAll(): Promise<void> {
  const ends = [...alive].map(async (child) => {
    const closed = once(child, "close");
    child.kill("SIGKILL");
    await closed;
  });
  await Promise.all(ends);
}

interface Manner {
  readonly input?: string;
  readonly program?: string;
  readonly folder?: string;
}

function run(
  args: readonly string[],
  environment: Record<string, string>,
  { input = "", program = process.execPath, folder }: Manner = {},
): Running {
  const env = { PATH: process.env["PATH"] ?? "", ...environment };
  const child = spawn(program, args, { env, cwd: folder, stdio: "pipe" });
  alive.add(child);
  // Whoever does not read its input, or ends before, is no fault.
  child.stdin.on("error", () => undefined).end(input);
  const output = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output.stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    output.stderr += text;
  });
  // After its output was read to the end, which "exit" does not wait for.
  const ended = once(child, "close").then(([status]): Ending => {
    alive.delete(child);
    return { status, ...output };
  });
  const says = (pattern: RegExp): Promise<RegExpExecArray> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const match = pattern.exec(output.stdout);
        if (match !== null) resolve(match);
      };
      child.stdout.on("data", look);
      child.once("close", () => reject(new Error(`ended before ${pattern}: ${JSON.stringify(output)}`)));
      look();
    });
  const stopReading = (): void => {
    child.stdout.destroy();
    child.stderr.destroy();
  };
  return { says, signal: (signal) => void child.kill(signal), stopReading, ended };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address !== null ? address.port : 0;
}
