import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The repository's root, with a slash at its end. */
export const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

/** A document of the project. */
export interface Document {
  /** From the root. */
  readonly path: string;
  readonly text: string;
}

/** A fenced block of a document. */
export interface Block {
  readonly language: string;
  readonly code: string;
  /** The line on which it begins, counted from 1. */
  readonly line: number;
  /** What an HTML comment says right before it; null where there is none. */
  readonly mark: string | null;
}

/** A table, cell by cell as text, without its head and its line of dashes. */
export type Table = readonly (readonly string[])[];

const AT_THE_ROOT = ["README.md", "CONTRIBUTING.md", "SECURITY.md", ".changeset/README.md"];

/** Reads the documents at the root, and every one below docs. */
export function readDocuments(): Document[] {
  const below = readdirSync(`${ROOT}docs`, { recursive: true, encoding: "utf8" }).sort();
  const paths = [
    ...AT_THE_ROOT,
    ...below.filter((file) => file.endsWith(".md")).map((file) => `docs/${file}`),
  ];
  return paths.map(readDocument);
}

/** Reads one document by its path from the root. */
export function readDocument(path: string): Document {
  return { path, text: readFileSync(ROOT + path, "utf8") };
}

const FENCED = /^(?:<!-- ([^\n]*) -->\n+)?```(\w*)[^\n]*\n(.*?)^```$/gms;

/** Lists the fenced blocks of a document. */
export function blocksOf({ text }: Document): Block[] {
  return [...text.matchAll(FENCED)].map(({ 0: whole, 1: mark, 2: language = "", 3: code = "", index }) => {
    const fence = index + whole.indexOf("```");
    return { language, code, line: text.slice(0, fence).split("\n").length, mark: mark ?? null };
  });
}

/** Lists the targets of a document's links: those of inline links and of references. */
export function linksOf(document: Document): string[] {
  const prose = proseOf(document);
  const inline = [...prose.matchAll(/\]\(\s*<?([^)\s>]+)>?[^)]*\)/g)];
  const references = [...prose.matchAll(/^\[[^\]]+\]:\s+(\S+)/gm)];
  return [...inline, ...references].map(([, target = ""]) => target);
}

/** Lists the anchors of a document's headings, as GitHub makes them. */
export function anchorsOf(document: Document): string[] {
  const seen = new Map<string, number>();
  return [...proseOf(document, "with code").matchAll(/^#{1,6} +(.+)$/gm)].map(([, heading = ""]) => {
    const anchor = slugOf(heading);
    const times = seen.get(anchor) ?? 0;
    seen.set(anchor, times + 1);
    return times === 0 ? anchor : `${anchor}-${times}`;
  });
}

/** Reads the table that follows an HTML comment; the test fails where there is none. */
export function tableAfter({ path, text }: Document, mark: string): Table {
  const [, lines] = new RegExp(`<!-- ${mark} -->\\n+((?:\\|.*\\n)+)`).exec(text) ?? [];
  if (lines === undefined) throw new Error(`${path} has no table marked ${mark}`);
  return lines.trim().split("\n").slice(2).map(cellsOf);
}

function cellsOf(row: string): string[] {
  const cells = row.replace(/^\||\|$/g, "").split("|");
  return cells.map((cell) => cell.replaceAll("`", "").trim());
}

function proseOf({ text }: Document, code: "with code" | "without code" = "without code"): string {
  const prose = text.replace(FENCED, "").replace(/<!--.*?-->/gs, "");
  return code === "with code" ? prose : prose.replace(/`[^`\n]*`/g, "");
}

/** Lower case, without punctuation, a dash for each space. */
function slugOf(heading: string): string {
  const words = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").toLowerCase();
  return words.replace(/[^\p{L}\p{M}\p{N}_ -]/gu, "").replaceAll(" ", "-");
}
