import { describe, expect, it } from "vitest";
import { toCsv } from "./csv";

describe("a CSV file", () => {
  it("holds a row a line, cell by cell", () => {
    expect(
      toCsv([
        ["a", "b"],
        ["", "é 日本"],
      ]),
    ).toBe("a,b\r\n,é 日本\r\n");
  });

  it.each([
    ['say "no"', '"say ""no"""'],
    ["a,b", '"a,b"'],
    ["two\nlines", '"two\nlines"'],
  ])("quotes %j", (text, cell) => {
    expect(toCsv([[text]])).toBe(`${cell}\r\n`);
  });

  it.each([
    ["=1+1", "'=1+1"],
    ["+1", "'+1"],
    ["-1", "'-1"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["＝1+1", "'＝1+1"],
    ["＋1", "'＋1"],
    ["－1", "'－1"],
    ["＠SUM(A1)", "'＠SUM(A1)"],
    ["a; ＝1", "a; '＝1"],
    ["\t=1", "'\t=1"],
    ["\r=1", `"'\r=1"`],
    ['=HYPERLINK("x","y")', `"'=HYPERLINK(""x"",""y"")"`],
  ])("lets no spreadsheet take %j for a formula", (text, cell) => {
    expect(toCsv([[text]])).toBe(`${cell}\r\n`);
  });

  it.each([
    ["Agent;=1+1", "Agent;'=1+1"],
    ["Agent; @SUM(A1);-1", "Agent; '@SUM(A1);'-1"],
    [" +1", " '+1"],
    ["two\n=1+1", `"two\n'=1+1"`],
  ])("lets none do so where semicolons part the cells: %j", (text, cell) => {
    expect(toCsv([[text]])).toBe(`${cell}\r\n`);
  });

  it("leaves what only holds such a character as it is", () => {
    expect(toCsv([["a=b", "a-b", "a@b.example"]])).toBe("a=b,a-b,a@b.example\r\n");
  });
});
