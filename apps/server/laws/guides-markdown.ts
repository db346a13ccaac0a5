import { type Document, readDocument, tableAfter } from "./docs-markdown.js";

/** One change that a guide asks for: a new file, or places of one that is there. */
export interface Change {
  /** Of the file, from the root. */
  readonly path: string;
  readonly kind: "new file" | "edit";
  readonly code: string;
  /** Where the guide asks for it, as `path:line`. */
  readonly at: string;
}

/** What the guide says would notice a change that was left out. */
export interface Forgotten {
  readonly path: string;
  readonly noticedBy: "compiler" | "test";
  /** Parts of the compiler's messages, or the titles of the tests that fail. */
  readonly said: readonly string[];
}

const CHANGE = /^(New file|In) `([^`]+)`:\n+```\w+\n(.*?)^```$/gms;

/** Lists the changes that a guide asks for, in its order. */
export function changesOf({ path: guide, text }: Document): Change[] {
  return [...text.matchAll(CHANGE)].map(({ 1: what, 2: path = "", 3: code = "", index }) => ({
    ...{ path, code, kind: what === "In" ? "edit" : "new file" },
    at: `${guide}:${text.slice(0, index).split("\n").length}`,
  }));
}

/** Reads the table of a guide that says who notices what is forgotten. */
export function forgottenOf(guide: Document): Forgotten[] {
  return tableAfter(guide, "forgotten").map(([path = "", who = "", said = ""]) => ({
    path,
    noticedBy: who === "the compiler" ? "compiler" : "test",
    said: said.split("; "),
  }));
}

/** The files of a project as a guide leaves them, by their paths from the root. */
export type Files = Map<string, string>;

/** Makes a guide's changes, on top of those that were made before; throws where the guide no longer fits. */
export function follow(changes: readonly Change[], files: Files): void {
  for (const { path, kind, code, at } of changes) {
    const before = files.get(path) ?? readIfThere(path);
    if ((before === null) !== (kind === "new file"))
      throw new Error(`${at}: ${path} is ${before === null ? "not there" : "there already"}`);
    files.set(path, before === null ? code : edit(before, { code, at }));
  }
}

function readIfThere(path: string): string | null {
  try {
    return readDocument(path).text;
  } catch {
    return null;
  }
}

function edit(text: string, { code, at }: Pick<Change, "code" | "at">): string {
  return code
    .trimEnd()
    .split(/^@@\n/m)
    .reduce((lines, place) => editPlace(lines, { place: place.trimEnd().split("\n"), at }), text.split("\n"))
    .join("\n");
}

/** Finds the one place whose lines are those that stand there or go, and puts those that stand there or come. */
function editPlace(lines: string[], { place, at }: { place: string[]; at: string }): string[] {
  const old = place.filter((line) => !line.startsWith("+")).map((line) => patternOf(line.slice(1)));
  const starts = lines.flatMap((_, start) =>
    old.every((pattern, index) => pattern.test(lines[start + index] ?? "\0")) ? [start] : [],
  );
  const [start = 0, ...others] = starts;
  if (starts.length === 0 || others.length > 0)
    throw new Error(`${at}: ${starts.length} places instead of one for\n${place.join("\n")}`);
  const found = lines.slice(start, start + old.length);
  return [...lines.slice(0, start), ...replacement(place, found), ...lines.slice(start + old.length)];
}

function replacement(place: readonly string[], found: readonly string[]): string[] {
  const standing = [...found];
  let rest = "";
  return place.flatMap((line) => {
    if (line.startsWith("+")) {
      const written = line.slice(1).replace("…", () => rest);
      return written === "" && line !== "+" ? [] : [written];
    }
    const stood = standing.shift() ?? "";
    rest = patternOf(line.slice(1)).exec(stood)?.[1] ?? "";
    return line.startsWith("-") ? [] : [stood];
  });
}

/** `…` is whatever stands there. */
function patternOf(line: string): RegExp {
  const parts = line.split("…").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join("(.*)")}$`);
}

/** The guides that are followed, in an order in which one can be followed after the other. */
export const GUIDES: readonly Document[] = [
  readDocument("docs/guides/add-a-mutation.md"),
  readDocument("docs/guides/add-a-second-factor.md"),
];
