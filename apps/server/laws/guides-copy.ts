import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { execPath } from "node:process";
import { promisify } from "node:util";
import { ROOT } from "./docs-markdown.js";
import type { Files } from "./guides-markdown.js";

/** A copy of the project with changes of its own, that can be compiled and tested. */
export interface Copy {
  /** With a slash at its end. */
  readonly root: string;
  /** Runs the tests of the copy whose whole names match, and tells what became of each. */
  readonly test: (asked: { files: readonly string[]; names: RegExp }) => Promise<TestOutcome[]>;
  /** What the linter says of files of the copy; null where it says nothing. */
  readonly lint: (paths: readonly string[]) => Promise<string | null>;
  readonly remove: () => Promise<void>;
}

/** What became of one test. */
export interface TestOutcome {
  readonly title: string;
  readonly status: "passed" | "failed";
  readonly message: string;
}

const COPIED = [
  ...["README.md", "CONTRIBUTING.md", "SECURITY.md", ".changeset", "docs", "tsconfig.base.json"],
  ...["apps/server/package.json", "apps/server/tsconfig.json"],
  ...["apps/server/src", "apps/server/journeys", "apps/server/laws"],
];
const LINKED = "node_modules";

/** Copies the project to a folder of its own, with these files in place of those that are there. */
export async function copyProject(files: Files, postgresUrl: string): Promise<Copy> {
  const root = `${await realpath(await mkdtemp(join(tmpdir(), "keyturn-guides-")))}/`;
  for (const path of COPIED) await cp(ROOT + path, root + path, { recursive: true });
  await symlink(await realpath(ROOT + LINKED), root + LINKED);
  for (const [path, text] of files) {
    await mkdir(dirname(root + path), { recursive: true });
    await writeFile(root + path, text);
  }
  return {
    root,
    test: (asked) => runTests(root, { ...asked, postgresUrl }),
    lint: (paths) => lint(root, paths),
    remove: () => rm(root, { recursive: true, force: true }),
  };
}

/** Then a run is ended, so that none outlives the one around it; in milliseconds. */
const LONGEST = 240_000;

interface Run {
  readonly files: readonly string[];
  readonly names: RegExp;
  readonly postgresUrl: string;
}

const require = createRequire(import.meta.url);
const run = promisify(execFile);

/** One file imports all the others: so the server is loaded once. */
async function runTests(root: string, { files, names, postgresUrl }: Run): Promise<TestOutcome[]> {
  const server = `${root}apps/server/`;
  const imports = files.map((file) => `import "./${file.replace("apps/server/", "")}";\n`);
  await writeFile(`${server}guides.test.ts`, imports.join(""));
  const test = {
    include: ["guides.test.ts"],
    provide: { postgresUrl },
    testTimeout: 90_000,
    hookTimeout: 90_000,
  };
  const config = { cacheDir: `${root}cache`, test };
  const alias = `[{ find: /^graphql$/, replacement: ${JSON.stringify(require.resolve("graphql"))} }]`;
  const text = `export default { ...${JSON.stringify(config)}, resolve: { alias: ${alias} } };\n`;
  await writeFile(`${server}vitest.config.mjs`, text);
  const vitest = join(dirname(require.resolve("vitest/package.json")), "vitest.mjs");
  const output = `${root}outcomes.json`;
  const options = [`--config=${server}vitest.config.mjs`, "--reporter=json", `--outputFile=${output}`];
  const command = [vitest, "run", "--root", server, "-t", names.source, ...options];
  // That of the run around it would tell it that it is one of its workers.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(VITEST|TEST$)/.test(name)),
  );
  // It fails where a test does; what became of each stands in its output.
  const limits = { timeout: LONGEST, maxBuffer: 2 ** 26 };
  const ended = await run(execPath, command, { cwd: server, env, ...limits }).catch(
    (error: unknown) => error,
  );
  const written = await readFile(output, "utf8").catch(() => null);
  if (written === null) throw new Error("the tests of a copy did not run", { cause: ended });
  return outcomesOf(JSON.parse(written));
}

async function lint(root: string, paths: readonly string[]): Promise<string | null> {
  const config = JSON.parse(await readFile(`${ROOT}biome.json`, "utf8"));
  // The copy lies in no repository.
  await writeFile(`${root}biome.json`, JSON.stringify({ ...config, vcs: { enabled: false } }));
  const command = [require.resolve("@biomejs/biome/bin/biome"), "check", "--error-on-warnings", ...paths];
  return await run(execPath, command, { cwd: root }).then(
    () => null,
    ({ stdout, stderr }: { stdout: string; stderr: string }) => `${stdout}${stderr}`,
  );
}

interface Report {
  readonly testResults: readonly {
    readonly message: string;
    readonly assertionResults: readonly {
      readonly title: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

function outcomesOf({ testResults }: Report): TestOutcome[] {
  return testResults.flatMap(({ message, assertionResults }) => {
    if (assertionResults.length === 0) throw new Error(`the tests of a copy were not found: ${message}`);
    return assertionResults.flatMap(({ title, status, failureMessages }) =>
      status === "passed" || status === "failed"
        ? [{ title, status, message: failureMessages.join("\n") }]
        : [],
    );
  });
}
