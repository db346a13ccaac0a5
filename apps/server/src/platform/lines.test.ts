import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Line, readLines } from "./lines.js";

async function* inChunks(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function linesOf(bytes: Buffer, { size = 7, maximum = 1_000 } = {}): Promise<Line[]> {
  const lines: Line[] = [];
  for await (const line of readLines(inChunks(bytes, size), maximum)) lines.push(line);
  return lines;
}

const textsOf = (lines: readonly Line[]): (string | null)[] =>
  lines.map((line) => (line.state === "text" ? line.text : null));

describe("readLines", () => {
  it.each([
    ["", []],
    ["a", ["a"]],
    ["a\n", ["a"]],
    ["a\nb", ["a", "b"]],
    ["a\r\nb\r\n", ["a", "b"]],
    ["\n\na\n\n", ["", "", "a", ""]],
    ["\ufeffa\n\ufeffb\n", ["a", "\ufeffb"]],
    ["\ufeff", [""]],
  ])("reads %j as the lines %j", async (text, lines) => {
    for (const size of [1, 2, 3, 100])
      expect(textsOf(await linesOf(Buffer.from(text), { size }))).toEqual(lines);
  });

  it("reads what is written, however it is cut", async () => {
    const texts = fc.array(fc.string({ unit: "binary" }).filter((text) => !/[\r\n\ufeff\p{Cs}]/u.test(text)));
    await fc.assert(
      fc.asyncProperty(texts, fc.integer({ min: 1, max: 9 }), async (lines, size) => {
        const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(""));
        expect(textsOf(await linesOf(bytes, { size }))).toEqual(lines);
      }),
    );
  });

  it("keeps the good lines around one that is too long or no UTF-8, each with its number", async () => {
    const bytes = Buffer.concat([
      Buffer.from("one\n"),
      Buffer.from("x".repeat(11)),
      Buffer.from("\nthree\n"),
      Buffer.from([0xff, 0xfe, 0x0a]),
      Buffer.from("ten bytes!\n\ud800"),
    ]);
    expect(await linesOf(bytes, { maximum: 10 })).toEqual([
      { number: 1, state: "text", text: "one" },
      { number: 2, state: "too-long" },
      { number: 3, state: "text", text: "three" },
      { number: 4, state: "not-utf-8" },
      { number: 5, state: "text", text: "ten bytes!" },
      { number: 6, state: "text", text: "\ufffd" },
    ]);
  });

  it("reads past a line of a gigabyte, and goes on after it", async () => {
    let sent = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (; sent < 1_000; sent += 1) yield Buffer.alloc(1_000_000, "x");
      yield Buffer.from("\nafter");
    }
    const lines: Line[] = [];
    for await (const line of readLines(endless(), 64)) lines.push(line);
    expect(lines).toEqual([
      { number: 1, state: "too-long" },
      { number: 2, state: "text", text: "after" },
    ]);
  });
});
