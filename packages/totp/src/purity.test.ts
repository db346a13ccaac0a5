import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const ALLOWED = ["node:crypto", "otplib", "@otplib/plugin-crypto-node", "qrcode"];

const sources = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
  .map((file) => ({ file, text: readFileSync(`${import.meta.dirname}/${file}`, "utf8") }));

describe("every source file", () => {
  it("is found by this test", () => {
    expect(sources.map(({ file }) => file)).toContain("totp.ts");
    expect(sources.flatMap(({ text }) => importsOf(text))).toContain("otplib");
  });

  it.each(sources)("imports nothing but its neighbours and the four allowed modules: $file", ({ text }) => {
    const foreign = importsOf(text).filter((name) => !/^\.\/[a-z-]+\.js$/.test(name));
    expect(ALLOWED).toEqual(expect.arrayContaining(foreign));
  });

  it.each(sources)("reads no clock, environment, timer or weak randomness: $file", ({ text }) => {
    const code = text.replace(/^\s*(\/\/|\/?\*).*$/gm, "");
    expect(code).not.toMatch(/\b(Date|performance|process|globalThis|set(Timeout|Interval)|require)\b/);
    expect(code).not.toContain("Math.random");
  });

  it.each(sources)("draws randomness synchronously, off the thread pool: $file", ({ text }) => {
    expect(text).not.toMatch(/\b(subtle|webcrypto|getRandomValues)\b|randomBytes\([^)]*,/);
  });

  it.each(sources)("imports the drawing library only when it is needed: $file", ({ text }) => {
    const eager = text.match(/^import (?!type ).*"qrcode"/gm);
    expect(eager).toBeNull();
  });
});

function importsOf(text: string): string[] {
  const found = text.matchAll(/\b(?:from|import)\s*\(?\s*["']([^"']+)["']/g);
  return [...found].map(([, name]) => name ?? "");
}
