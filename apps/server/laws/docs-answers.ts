import type { Step } from "./docs-walk.js";

/** What a step prints, as far as a document shows it: answers in JSON, one a line, and after them plain lines. */
export type Answers = readonly unknown[];

/** Stands in a document for whatever is different each time; at the end of a list, for whatever follows. */
const ANYTHING = "…";

/** Reads the answers that a document shows after a command. */
export function shownAnswers({ answers }: Step): Answers {
  return answers.flatMap(({ language, code }) =>
    language === "json" ? [JSON.parse(code) as unknown] : linesOf(code),
  );
}

/** Reads what a command printed, and puts the document's own `…` wherever it covers what is there. */
export function blur(printed: string, shown: Answers): Answers {
  const answers = linesOf(printed).map((line, index) =>
    typeof shown[index] === "object" ? (JSON.parse(line) as unknown) : line,
  );
  return blurValue(answers, shown) as Answers;
}

function blurValue(value: unknown, shown: unknown): unknown {
  if (typeof value === "number" && shown === ANYTHING) return shown;
  if (typeof value === "string" && typeof shown === "string") return covers(shown, value) ? shown : value;
  if (Array.isArray(value) && Array.isArray(shown)) return blurList(value, shown);
  if (!isRecord(value) || !isRecord(shown)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, blurValue(each, shown[key])]));
}

function blurList(list: readonly unknown[], shown: readonly unknown[]): unknown[] {
  const blurred = list.map((each, index) => blurValue(each, shown[index]));
  const isOpen = shown.length > 1 && shown.at(-1) === ANYTHING && list.length >= shown.length;
  return isOpen ? [...blurred.slice(0, shown.length - 1), ANYTHING] : blurred;
}

function covers(pattern: string, text: string): boolean {
  const parts = pattern.split(ANYTHING).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".+")}$`, "s").test(text);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function linesOf(text: string): string[] {
  return text.split("\n").filter((line) => line !== "");
}
