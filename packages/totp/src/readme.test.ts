import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Secret, TOTP } from "otpauth";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import * as face from "./index.js";

const ROOT = join(import.meta.dirname, "..");
const readme = readFileSync(join(ROOT, "README.md"), "utf8");
const blocks = [...readme.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code]) => code ?? "");
const [example = ""] = blocks;

interface Factor {
  secret: string;
  confirmed: boolean;
  lastUsedStep: number | null;
  recoveryDigests: Set<string>;
}

interface Example {
  enroll(id: string, name: string): Promise<{ factor: Factor; picture: string; key: string }>;
  acceptCode(factor: Factor, code: string, at: number): boolean;
  confirm(factor: Factor, code: string, at: number): { recoveryCodes?: string[]; skew?: number };
  acceptRecoveryCode(factor: Factor, text: string): boolean;
}

const NOW = 1_700_000_000_000;

describe("the example of the README", () => {
  it("is the only TypeScript in it", () => {
    expect(blocks).toHaveLength(1);
  });

  it("compiles under this package's strict settings", { timeout: 60_000 }, () => {
    expect(compile(example)).toEqual([]);
  });

  it("enrolls with a picture and a key that holds the secret", async () => {
    const { factor, picture, key } = await run(example).enroll("account-1", "ada@example.org");
    expect(picture).toContain("<svg");
    expect(face.parseSecret(key)).toBe(factor.secret);
    expect(factor.confirmed).toBe(false);
  });

  it("confirms by a right code, which then does not log in, while the next one does once", async () => {
    const { enroll, confirm, acceptCode } = run(example);
    const { factor } = await enroll("account-1", "ada@example.org");
    const code = codeAt(factor, NOW);
    expect(confirm(factor, code, NOW).recoveryCodes).toHaveLength(10);
    expect(factor).toMatchObject({ confirmed: true, lastUsedStep: Math.floor(NOW / 30_000) });
    expect(acceptCode(factor, code, NOW)).toBe(false);
    const next = codeAt(factor, NOW + 30_000);
    expect(acceptCode(factor, next, NOW + 30_000)).toBe(true);
    expect(acceptCode(factor, next, NOW + 30_000)).toBe(false);
  });

  it("hints at a clock that is five minutes behind, and switches nothing on", async () => {
    const { enroll, confirm } = run(example);
    const { factor } = await enroll("account-1", "ada@example.org");
    expect(confirm(factor, codeAt(factor, NOW - 300_000), NOW)).toEqual({ skew: -300 });
    expect(factor).toMatchObject({ confirmed: false, lastUsedStep: null });
  });

  it("accepts each recovery code once, however it is typed", async () => {
    const { enroll, confirm, acceptRecoveryCode } = run(example);
    const { factor } = await enroll("account-1", "ada@example.org");
    const { recoveryCodes = [] } = confirm(factor, codeAt(factor, NOW), NOW);
    const typed = recoveryCodes.map((code) => code.toLowerCase().replaceAll("-", " "));
    expect(typed.map((text) => acceptRecoveryCode(factor, text))).toEqual(Array(10).fill(true));
    expect(typed.map((text) => acceptRecoveryCode(factor, text))).toEqual(Array(10).fill(false));
    expect(acceptRecoveryCode(factor, "no code at all")).toBe(false);
  });
});

describe("the README", () => {
  it("lists every function that the package exports", () => {
    const table = readme.slice(readme.indexOf("## Functions"));
    const listed = [...table.matchAll(/`(\w+)\(/g)].map(([, name]) => name);
    expect(listed.sort()).toEqual(Object.keys(face).sort());
  });
});

// Runs the block as a CommonJS module whose `require` knows this package alone.
function run(code: string): Example {
  const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };
  const { outputText } = ts.transpileModule(code, { compilerOptions });
  const exports = {};
  const evaluate = new Function("require", "exports", outputText) as (...given: unknown[]) => void;
  evaluate(requireFace, exports);
  return exports as Example;
}

function requireFace(name: string): typeof face {
  if (name !== "@keyturn/totp") throw new Error(`The example imports ${name}`);
  return face;
}

function compile(code: string): string[] {
  const file = join(ROOT, "src/readme-example.ts");
  const config = ts.readConfigFile(join(ROOT, "tsconfig.json"), ts.sys.readFile).config as object;
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
  const withFace = { ...options, paths: { "@keyturn/totp": [join(ROOT, "src/index.ts")] } };
  const host = ts.createCompilerHost(withFace);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (name) => name === file || fileExists(name);
  host.getSourceFile = (name, target, ...rest) =>
    name === file ? ts.createSourceFile(name, code, target) : getSourceFile(name, target, ...rest);
  const program = ts.createProgram([file], withFace, host);
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}

function codeAt(factor: Factor, timestamp: number): string {
  return new TOTP({ secret: Secret.fromBase32(factor.secret) }).generate({ timestamp });
}
