import { readFileSync } from "node:fs";
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import * as openid from "openid-client";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as face from "./index.js";
import * as memory from "./memory-stores.js";

const ROOT = join(import.meta.dirname, "..");
const readme = readFileSync(join(ROOT, "README.md"), "utf8");
const blocks = [...readme.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code]) => code ?? "");
const [example = ""] = blocks;
const MODULES: Record<string, unknown> = {
  "node:http": http,
  "@keyturn/oauth2": face,
  "@keyturn/oauth2/memory-stores": memory,
};

describe("the example of the README", () => {
  let server: http.Server;
  let issuer: URL;
  beforeAll(async () => {
    // Its issuer holds its port, so a port is found first.
    const probe = http.createServer();
    await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
    const { port } = probe.address() as AddressInfo;
    await new Promise((resolve) => probe.close(resolve));
    issuer = new URL(`http://127.0.0.1:${port}`);
    server = run(example).serve(issuer.origin);
    await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  });
  afterAll(() => server.close());

  it("is the only TypeScript in it", () => {
    expect(blocks).toHaveLength(1);
  });

  it("compiles under this package's strict settings", { timeout: 60_000 }, () => {
    expect(compile(example)).toEqual([]);
  });

  it("serves a client the whole way to the person's name", async () => {
    const insecure = { execute: [openid.allowInsecureRequests] };
    const secret = "a secret of letters and digits";
    const config = await openid.discovery(issuer, "shop", secret, undefined, insecure);
    const verifier = openid.randomPKCECodeVerifier();
    const code_challenge = await openid.calculatePKCECodeChallenge(verifier);
    const address = openid.buildAuthorizationUrl(config, {
      ...{ redirect_uri: "http://127.0.0.1:5000/callback", scope: "openid profile" },
      ...{ code_challenge, code_challenge_method: "S256" },
    });
    const response = await fetch(address, { redirect: "manual" });
    const back = new URL(response.headers.get("location") ?? "");
    const tokens = await openid.authorizationCodeGrant(config, back, { pkceCodeVerifier: verifier });
    expect(tokens.claims()).toMatchObject({ sub: "ann", acr: face.TWO_FACTOR_ACR });
    expect(await openid.fetchUserInfo(config, tokens.access_token, "ann")).toEqual({
      sub: "ann",
      name: "Ann",
    });
  });

  it("shows a page, and redirects nowhere, for an address that is not registered", async () => {
    const url = `${issuer}oauth2/authorize?client_id=shop&redirect_uri=https://evil.example.com/`;
    const response = await fetch(url, { redirect: "manual" });
    expect(response.status).toBe(400);
    expect(response.headers.get("location")).toBeNull();
  });
});

describe("the README", () => {
  it("lists every function that the package exports", () => {
    const table = readme.slice(readme.indexOf("## Functions"));
    const listed = [...table.matchAll(/`(\w+)\(/g)].map(([, name]) => name);
    const functions = Object.entries({ ...face, ...memory })
      .filter(([name, value]) => typeof value === "function" && /^[a-z]/.test(name))
      .map(([name]) => name);
    expect(listed.sort()).toEqual(functions.sort());
  });
});

// Runs the block as a CommonJS module whose `require` knows this package and Node's server.
function run(code: string): { serve(issuer: string): http.Server } {
  const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };
  const { outputText } = ts.transpileModule(code, { compilerOptions });
  const exports = {};
  new Function("require", "exports", outputText)((name: string) => MODULES[name], exports);
  return exports as { serve(issuer: string): http.Server };
}

function compile(code: string): string[] {
  const file = join(ROOT, "src/readme-example.ts");
  const config = ts.readConfigFile(join(ROOT, "tsconfig.json"), ts.sys.readFile).config as object;
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
  const paths = {
    "@keyturn/oauth2": [join(ROOT, "src/index.ts")],
    "@keyturn/oauth2/memory-stores": [join(ROOT, "src/memory-stores.ts")],
  };
  const host = ts.createCompilerHost({ ...options, paths });
  const { getSourceFile, fileExists } = host;
  host.fileExists = (name) => name === file || fileExists(name);
  host.getSourceFile = (name, target, ...rest) =>
    name === file ? ts.createSourceFile(name, code, target) : getSourceFile(name, target, ...rest);
  return ts
    .getPreEmitDiagnostics(ts.createProgram([file], { ...options, paths }, host))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}
