import { expect, test } from "vitest";
import { isId, newId } from "./id.js";

const NOW = 1_800_000_000_000;

test("ids of one moment sort in the order in which they were drawn", () => {
  const ids = Array.from({ length: 1000 }, () => {
    newId(NOW - 1);
    return newId(NOW);
  });
  expect([...ids].sort()).toEqual(ids);
  expect(new Set(ids).size).toBe(1000);
});

test("ids sort by time, whatever was drawn before", () => {
  const [later, earlier, latest] = [newId(NOW + 1), newId(NOW), newId(NOW + 2)];
  expect([later, earlier, latest].sort()).toEqual([earlier, later, latest]);
});

test("an id has the form of one, and nothing else has", () => {
  expect(isId(newId(NOW))).toBe(true);
  for (const text of ["", "1", `${newId(NOW)}0`, newId(NOW).replaceAll("-", "")])
    expect(isId(text)).toBe(false);
});
