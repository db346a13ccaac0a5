import { spawn } from "node:child_process";
import { constants } from "node:os";

const endings = ["SIGINT", "SIGTERM", "SIGHUP"];
const hasProcessGroups = process.platform !== "win32";

/**
 * Runs a command to its end and resolves to its exit code and everything it printed, showing nothing.
 *
 * A signal to this process ends the command with all its descendants, then this process.
 */
export function runQuietly(command, args, { cwd, env = {} }) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
      // A group of its own: `npm ci` runs compilers that would go on without it.
      detached: hasProcessGroups,
    });
    const output = [];
    child.stdout.on("data", (chunk) => output.push(chunk));
    child.stderr.on("data", (chunk) => output.push(chunk));
    const end = (signal) => {
      killGroup(child, signal);
      process.exit(128 + constants.signals[signal]);
    };
    const settle = (answer) => {
      for (const signal of endings) process.off(signal, end);
      answer();
    };
    for (const signal of endings) process.on(signal, end);
    child.once("error", (error) => settle(() => reject(error)));
    child.once("close", (code) =>
      settle(() => resolve({ code: code ?? 1, output: Buffer.concat(output).toString() })),
    );
  });
}

/**
 * Sends this process SIGTERM once the npm that started it is gone.
 *
 * A shell between npm and Node passes no signal on, so without this a killed `npm start` leaves an orphan.
 */
export function endWithNpm() {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    // Once: a second signal would cut the graceful stop short.
    clearInterval(watch);
    process.kill(process.pid, "SIGTERM");
  }, 500).unref();
}

/** Starts the commands side by side; when one ends, or a signal comes, ends the others and then this process. */
export function runTogether(commands) {
  let exitCode;
  const children = new Set(commands.map((args) => spawn(process.execPath, args, { stdio: "inherit" })));
  const endAll = (code) => {
    exitCode ??= code;
    for (const child of children) child.kill("SIGTERM");
  };
  for (const signal of endings) process.on(signal, () => endAll(128 + constants.signals[signal]));
  for (const child of children) {
    child.once("exit", (code) => {
      children.delete(child);
      endAll(code ?? 1);
      if (children.size === 0) process.exit(exitCode);
    });
  }
}

function killGroup(child, signal) {
  try {
    if (hasProcessGroups) process.kill(-child.pid, signal);
    else child.kill(signal);
  } catch {
    // It ended by itself a moment ago.
  }
}
