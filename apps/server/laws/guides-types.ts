import { dirname } from "node:path";
import ts from "typescript";
import type { Files } from "./guides-markdown.js";

/** Compiles a copy of the server. */
export interface Compiler {
  /** What the compiler says of the whole source, and of the tests that were asked for. */
  readonly compile: () => string[];
  /** What it says of these files alone, where some of the copy's are others. */
  readonly compileWith: (others: Files, paths: readonly string[]) => string[];
}

/** Makes the compiler of a copy; `tests` are looked at beside the source. */
export function compilerOf(root: string, tests: readonly string[]): Compiler {
  const { options, fileNames } = readOptions(`${root}apps/server/tsconfig.json`);
  const source = fileNames.filter((name) => isSource(name.replace(root, "")));
  // It tells vitest's types what a run provides.
  const stage = `${root}apps/server/journeys/stage/postgres.ts`;
  const roots = [...source, stage, ...tests.map((path) => root + path)];
  const kept = new Map<string, ts.SourceFile | undefined>();
  const programWith = (others: Files, before?: ts.Program): ts.Program =>
    ts.createProgram(roots, options, hostOf({ root, options, others, kept }), before);
  let whole: ts.Program | undefined;
  return {
    compile: () => {
      whole = programWith(new Map());
      return [...whole.getSyntacticDiagnostics(), ...whole.getSemanticDiagnostics()].map(say);
    },
    compileWith: (others, paths) => {
      const program = programWith(others, whole);
      const files = paths.map((path) => program.getSourceFile(root + path));
      return files.flatMap((file) => program.getSemanticDiagnostics(file).map(say));
    },
  };
}

function isSource(path: string): boolean {
  return path.startsWith("apps/server/src/") && !path.endsWith(".test.ts");
}

function readOptions(path: string): ts.ParsedCommandLine {
  const { config } = ts.readConfigFile(path, ts.sys.readFile);
  return ts.parseJsonConfigFileContent(config, ts.sys, dirname(path), { noEmit: true, skipLibCheck: true });
}

interface Hosted {
  readonly root: string;
  readonly options: ts.CompilerOptions;
  readonly others: Files;
  /** Files that were parsed already: the same ones serve every program. */
  readonly kept: Map<string, ts.SourceFile | undefined>;
}

function hostOf({ root, options, others, kept }: Hosted): ts.CompilerHost {
  const host = ts.createCompilerHost(options);
  const read: ts.CompilerHost["getSourceFile"] = (name, version, ...more) => {
    const other = others.get(name.replace(root, ""));
    if (other !== undefined) return ts.createSourceFile(name, other, version);
    if (!kept.has(name)) kept.set(name, host.getSourceFile(name, version, ...more));
    return kept.get(name);
  };
  return { ...host, getSourceFile: read };
}

function say({ file, messageText }: ts.Diagnostic): string {
  return `${file?.fileName ?? ""}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
}
