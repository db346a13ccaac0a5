import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** The superuser's URL of the run's PostgreSQL; `freshDatabase` makes databases through it. */
    postgresUrl: string;
  }
}

const keeperFile = fileURLToPath(new URL("./postgres-keeper.mjs", import.meta.url));

/** Starts a real PostgreSQL for the whole run, provides its URL, and returns what stops and removes it. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  // Detached: Ctrl-C reaches the run alone, and the keeper then cleans up in peace.
  const keeper = spawn(process.execPath, [keeperFile], { detached: true, stdio: ["pipe", "pipe", "pipe"] });
  const ended = once(keeper, "exit");
  let errors = "";
  keeper.stderr.on("data", (chunk) => (errors += chunk));
  const [line] = await Promise.race([once(keeper.stdout, "data"), ended.then(() => [undefined])]);
  if (line === undefined) throw new Error(`PostgreSQL did not start: ${errors}`);
  project.provide("postgresUrl", String(line).trim());
  return async () => {
    keeper.stdin.end();
    await ended;
  };
}
