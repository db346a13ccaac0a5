import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { en } from "./en/index";
import { ja } from "./ja/index";

const SOURCE = fileURLToPath(new URL("../", import.meta.url));

type Tree = { readonly [name: string]: Tree | string | ((...values: never[]) => string) };

/** Every sentence of a catalogue by its way to it. */
function waysOf(tree: Tree, way = ""): string[] {
  return Object.entries(tree).flatMap(([name, value]) =>
    typeof value === "object" ? waysOf(value, `${way}${name}.`) : `${way}${name}`,
  );
}

/** What the pages are written in, without the catalogues. */
const sources = readdirSync(SOURCE, { recursive: true, encoding: "utf8" })
  .filter(
    (file) =>
      /[.]tsx?$/.test(file) && !/^(words[/](en|ja)|generated)[/]/.test(file) && !file.includes(".test."),
  )
  .map((file) => readFileSync(SOURCE + file, "utf8"))
  .join("\n");

it("has every sentence in every language", () => {
  expect(waysOf(ja)).toEqual(waysOf(en));
});

it("has no sentence that no page says", () => {
  const unused = waysOf(en).filter((way) => {
    // A table is handed on whole, or asked by a name that the page reads: say.room.table[name].
    const table = way.split(".").slice(0, -1).join(".");
    const ways = [`${asPattern(`say.${way}`)}\\b`, `${asPattern(`say.${table}`)}(?![.\\w])`];
    return !ways.some((pattern) => new RegExp(pattern).test(sources));
  });
  expect(unused).toEqual([]);
});

it("says nothing in Japanese that is still English", () => {
  const texts = (tree: Tree): string[] =>
    Object.values(tree).flatMap((value) => {
      if (typeof value === "object") return texts(value);
      return typeof value === "string" ? [value] : [];
    });
  const english = new Set(texts(en));
  expect(texts(ja).filter((text) => english.has(text) && /[a-z]{4,} [a-z]{3,}/i.test(text))).toEqual([]);
});

function asPattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
