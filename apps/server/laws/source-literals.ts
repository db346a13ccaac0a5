import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const SOURCES = ["apps/server/src/", "packages/oauth2/src/", "packages/totp/src/"];

/** The texts that stand in the sources, each once. */
export interface SourceLiterals {
  /** String literals, the members of literal types, the parts of templates. */
  readonly all: readonly string[];
  /** Those among them that a type is made of, or that something is compared with. */
  readonly decisive: ReadonlySet<string>;
}

/** Reads every text of the sources that the server is built of. */
export function sourceLiterals(): SourceLiterals {
  const all = new Set<string>();
  const decisive = new Set<string>();
  const read = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return;
    if (isText(node) && node.text !== "") {
      all.add(node.text);
      if (isDecisive(node)) decisive.add(node.text);
    }
    ts.forEachChild(node, read);
  };
  for (const file of SOURCES.flatMap(sourceFiles))
    read(ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true));
  return { all: [...all].sort(), decisive };
}

type Text = ts.StringLiteralLike | ts.TemplateHead | ts.TemplateMiddle | ts.TemplateTail;

function isText(node: ts.Node): node is Text {
  return ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node);
}

function isDecisive({ parent }: ts.Node): boolean {
  return ts.isLiteralTypeNode(parent) || ts.isBinaryExpression(parent) || ts.isCaseClause(parent);
}

function sourceFiles(folder: string): string[] {
  return readdirSync(root + folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
    .map((file) => root + folder + file);
}
