import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const read = (file: string): string => readFileSync(root + file, "utf8");

/** Lists the files below a folder that git would keep, as paths from the root. */
function filesBelow(folder: string): string[] {
  return readdirSync(root + folder, { withFileTypes: true }).flatMap((entry) => {
    const path = folder + entry.name;
    if (entry.isDirectory()) return ignored.has(`${entry.name}/`) ? [] : filesBelow(`${path}/`);
    return entry.isFile() && !/[.](log|tsbuildinfo)$/.test(path) ? [path] : [];
  });
}

// Read rather than asked of git, which refuses to answer in a checkout that belongs to someone else.
const ignored = new Set([".git/", ...read(".gitignore").split("\n")]);
const files = filesBelow("");
const isTest = (file: string): boolean => /[.]test[.]tsx?$/.test(file);
const serverSource = files.filter((file) => file.startsWith("apps/server/src/"));

function linesWith(pattern: RegExp, among: readonly string[]): string[] {
  return among.flatMap((file) =>
    read(file)
      .split("\n")
      .flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1}: ${line.trim()}`] : [])),
  );
}

describe("the lock file", () => {
  interface Locked {
    readonly version?: string;
    readonly optionalDependencies?: Readonly<Record<string, string>>;
  }
  const packages: Readonly<Record<string, Locked>> = JSON.parse(read("package-lock.json")).packages;
  const names = Object.keys(packages);

  test("lists turbo for every platform, so that npm ci works on each", () => {
    const platforms = Object.entries(packages["node_modules/turbo"]?.optionalDependencies ?? {});
    expect(platforms.length).toBeGreaterThanOrEqual(6);
    for (const [name, version] of platforms) {
      expect(packages[`node_modules/${name}`]?.version, name).toBe(version);
    }
  });

  test("lists every other package that has a build for each platform with all of them", () => {
    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies)
        .filter((name) => !names.some((locked) => locked.endsWith(`node_modules/${name}`)))
        .map((name) => `${path} → ${name}`),
    );
    expect(missing).toEqual([]);
  });

  test("names no address to download from, so that it serves whatever registry one has", () => {
    expect(linesWith(/"resolved": "http/, ["package-lock.json"])).toEqual([]);
  });
});

test("no file names a package registry's host", () => {
  // Put together here, because this file is searched too.
  const hosts = ["registry.npmjs", "registry.yarnpkg", "npm.pkg.github"].map((name) => `${name}.`);
  const configured = process.env["npm_config_registry"];
  if (configured !== undefined) hosts.push(new URL(configured).host);
  const named = files.filter((file) => hosts.some((host) => read(file).includes(host)));
  expect(named).toEqual([]);
});

test("nothing in the server's source but main and the command reads the environment", () => {
  const others = serverSource.filter((file) => !/src\/(main[.]ts$|cli\/)/.test(file));
  expect(others.length).toBeGreaterThan(0);
  const reading =
    /\bprocess\s*(\?\.|\.|\[\s*["'`])\s*env\b|\benv\b.*\}\s*(=\s*process\b|from\s+["'](node:)?process["'])/;
  expect(linesWith(reading, others)).toEqual([]);
});

test("nothing in a room or the second factor's package reads a clock of its own", () => {
  const timeless = files.filter(
    (file) => /^(apps\/server\/src\/rooms|packages\/totp\/src)\//.test(file) && !isTest(file),
  );
  expect(timeless.length).toBeGreaterThan(0);
  expect(linesWith(/\bDate\.now\b|\bnew Date\(\)|\bperformance\.now\b/, timeless)).toEqual([]);
});

test("a source file has 250 lines at most", () => {
  const sources = files.filter((file) => /[.](ts|tsx|mjs|js)$/.test(file) && !isTest(file));
  expect(sources.length).toBeGreaterThan(0);
  const long = sources
    .map((file) => ({ file, lines: read(file).trimEnd().split("\n").length }))
    .filter(({ lines }) => lines > 250);
  expect(long).toEqual([]);
});

describe("the workflows", () => {
  interface Workflow {
    readonly jobs: Readonly<
      Record<string, { strategy?: { matrix: { node: number[] } }; steps: { run?: string; with?: object }[] }>
    >;
  }
  const workflows = files
    .filter((file) => file.startsWith(".github/workflows/"))
    .map((file) => parse(read(file)) as Workflow);
  const steps = workflows.flatMap(({ jobs }) => Object.values(jobs).flatMap((job) => job.steps));

  test("run what npm can run here", () => {
    const values = steps.flatMap((step) => [step.run, ...Object.values(step.with ?? {})]);
    const scripts = values.flatMap((value) => /^npm (?:run )?([\w:-]+)$/.exec(String(value))?.[1] ?? []);
    expect(scripts).toEqual(expect.arrayContaining(["test", "check", "release:publish"]));
    expect(scripts.filter((script) => !(script in JSON.parse(read("package.json")).scripts))).toEqual([]);
    const commands = steps.flatMap(({ run }) => run ?? []);
    expect(commands.filter((command) => !command.startsWith("npm "))).toEqual([]);
  });

  test("test on every Node that is promised", () => {
    const tested = workflows.flatMap(({ jobs }) => jobs["test"]?.strategy?.matrix.node ?? []);
    expect(tested).toEqual([20, 22, 24]);
    expect(JSON.parse(read("package.json")).engines.node).toBe(`>=${tested[0]}.19`);
  });
});
