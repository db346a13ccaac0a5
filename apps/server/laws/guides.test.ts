import { afterAll, beforeAll, describe, expect, inject, it, test } from "vitest";
import { type Document, readDocument } from "./docs-markdown.js";
import { type Copy, copyProject, type TestOutcome } from "./guides-copy.js";
import { type Change, changesOf, type Files, follow, forgottenOf, GUIDES } from "./guides-markdown.js";
import { compilerOf } from "./guides-types.js";

/** A server is compiled, and its tests are run twice, beside whatever else this machine does. */
const PATIENCE = 300_000;

const CHANGES = GUIDES.flatMap(changesOf);
const FORGOTTEN = GUIDES.flatMap(forgottenOf);
const LAWS = ["contract", "operations", "foreign-ids", "docs", "migrations"].map(
  (name) => `apps/server/laws/${name}.test.ts`,
);
const UNIT_TESTS = CHANGES.map(({ path }) => path).filter((path) =>
  /server\/src\/.*[.]test[.]ts$/.test(path),
);
const STORIES = CHANGES.filter(({ path }) => path.startsWith("apps/server/journeys/"));

const toldByTests = FORGOTTEN.filter(({ noticedBy }) => noticedBy === "test");
const LAW_TITLES = [...new Set(toldByTests.flatMap(({ said }) => said))];
const storyTitles = STORIES.flatMap(({ code }) => [...code.matchAll(/^ {2}it\("([^"]+)"/gm)]).map(
  ([, title = ""]) => title,
);
const mutations = [...new Set(CHANGES.flatMap(({ code }) => code.match(/(?<="Mutation\.)\w+/g) ?? []))];

const oneOf = (texts: readonly string[]): string =>
  `(${texts.map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|")})`;

/** The files as a guide leaves them, or both guides one after the other; without the changes that are left out. */
function followed(changes: readonly Change[], leftOut: readonly string[] = []): Files {
  const files: Files = new Map();
  follow(
    changes.filter(({ path }) => !leftOut.includes(path)),
    files,
  );
  return files;
}

describe.each(GUIDES)("$path", (guide) => {
  it("fits the code as it stands, by itself", () => {
    const changes = changesOf(guide);
    expect(changes.length).toBeGreaterThan(10);
    expect(followed(changes).size).toBeGreaterThan(10);
  });

  it("shows no code that is not part of a change", () => {
    const fences = guide.text.match(/^```\w+$/gm) ?? [];
    expect(fences).toHaveLength(changesOf(guide).length);
  });

  it("says of nothing who notices it but of what it asks for", () => {
    const paths = changesOf(guide).map(({ path }) => path);
    const rows = forgottenOf(guide);
    expect(rows.length).toBeGreaterThan(5);
    expect(rows.filter(({ path }) => !paths.includes(path))).toEqual([]);
  });
});

test.each([
  ["no place", " export const nothing = 1;\n+export const more = 2;\n", /^Error: guide[.]md:7: 0 places/],
  ["several places", "       case …\n+      more\n", /^Error: guide[.]md:7: \d\d places/],
])("a change that fits %s is refused, with where the guide asks for it", (_, code, refusal) => {
  const change = { path: "apps/server/src/platform/words/en.ts", kind: "edit", at: "guide.md:7" } as const;
  const fitting = { ...change, code: ' export const en = {\n   locale: "en",\n' };
  expect(() => followed([fitting])).not.toThrow();
  expect(() => followed([{ ...change, code }])).toThrow(
    expect.toSatisfy((error) => refusal.test(String(error))),
  );
});

// One after the other in one copy: each compiles a server, and starts several.
describe("a server for which both guides were followed", { timeout: PATIENCE }, () => {
  const files = followed(CHANGES);
  let copy: Copy;

  beforeAll(async () => {
    copy = await copyProject(files, inject("postgresUrl"));
  }, PATIENCE);
  afterAll(() => copy.remove());

  it("compiles; and where something is left out, the compiler says what the guides say", () => {
    const tests = CHANGES.map(({ path }) => path).filter((path) => path.endsWith(".test.ts"));
    const compiler = compilerOf(copy.root, tests);
    expect(compiler.compile()).toEqual([]);
    for (const guide of GUIDES) {
      const rows = forgottenOf(guide).filter(({ noticedBy }) => noticedBy === "compiler");
      const leftOut = rows.map(({ path }) => path);
      const own = changesOf(guide).map(({ at }) => at);
      const others = followed(CHANGES.filter(({ path, at }) => leftOut.includes(path) && !own.includes(at)));
      for (const path of leftOut) if (!others.has(path)) others.set(path, readDocument(path).text);
      const messages = compiler.compileWith(others, [...leftOut, ...newSourceOf(guide)]).join("\n");
      expect(rows.flatMap(({ said }) => said).filter((said) => !messages.includes(said))).toEqual([]);
    }
  });

  it("is written as the rest of it is", async () => {
    const paths = [...files.keys()].filter((path) => path.endsWith(".ts"));
    expect(await copy.lint(paths)).toBeNull();
  });

  it("keeps the laws and tells both stories, on both databases", async () => {
    const names = [
      oneOf([
        ...LAW_TITLES,
        ...storyTitles,
        "on sqlite that migrations make is the one",
        "the methods that are left",
      ]),
      `on sqlite gets nothing from ${oneOf(mutations)},`,
      `on sqlite under the rule OPTIONAL is what ${oneOf(mutations)} answers`,
    ];
    const outcomes = await copy.test({
      files: [...LAWS, ...UNIT_TESTS, ...STORIES.map(({ path }) => path)],
      names: new RegExp(names.join("|")),
    });
    expect(failuresOf(outcomes)).toEqual([]);
    const passed = outcomes.map(({ title }) => title);
    const expected = [...LAW_TITLES, ...storyTitles, ...mutations.map((name) => `is what ${name} answers`)];
    expect(expected.filter((title) => !passed.includes(title))).toEqual([]);
  });
});

test("what is left out fails the tests that the guides say, and no other", {
  timeout: PATIENCE,
}, async () => {
  const leftOut = toldByTests.map(({ path }) => path);
  const copy = await copyProject(followed(CHANGES, leftOut), inject("postgresUrl"));
  try {
    const outcomes = await copy.test({
      files: [...LAWS, ...STORIES.map(({ path }) => path)],
      names: new RegExp(`${oneOf(LAW_TITLES)}|on sqlite ${oneOf(storyTitles)}`),
    });
    const failed = new Set(outcomes.filter(({ status }) => status === "failed").map(({ title }) => title));
    expect([...failed].sort()).toEqual(LAW_TITLES.sort());
  } finally {
    await copy.remove();
  }
});

function newSourceOf(guide: Document): string[] {
  const made = changesOf(guide).filter(({ kind }) => kind === "new file");
  return made.map(({ path }) => path).filter((path) => path.startsWith("apps/server/src/"));
}

function failuresOf(outcomes: readonly TestOutcome[]): string[] {
  return outcomes
    .filter(({ status }) => status === "failed")
    .map(({ title, message }) => `${title}: ${message}`);
}
