import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { newId } from "./id.js";
import { type Place, readPage, toConnection } from "./page.js";
import { BadInput } from "./problem.js";

const ID = "018cc251-f400-7000-8000-000000000000";
const listing = { placeOf: (place: Place) => place, toNode: ({ id }: Place) => id };

function places(count: number): Place[] {
  return Array.from({ length: count }, (_, index) => ({ at: 1000 - index, id: newId(index) }));
}

function cursorOf(place: Place): string {
  return toConnection([place], readPage({}), listing).edges[0]?.cursor ?? "";
}

function cursorOfText(text: string): string {
  return Buffer.from(text).toString("base64url");
}

describe("the page that is asked for", () => {
  it.each([
    [{}, 50],
    [{ first: null, after: null }, 50],
    [{ first: 1 }, 1],
    [{ first: 100 }, 100],
  ])("of %j has %d rows from the beginning", (asked, limit) => {
    expect(readPage(asked)).toEqual({ limit, after: null });
  });

  it.each([0, -1, 101])("cannot have %d rows", (first) => {
    expect(() => readPage({ first })).toThrow(new BadInput(["first"], { rule: "pageSize" }));
  });

  it("begins after the place that a cursor was written for", () => {
    const place = fc.record({ at: fc.nat({ max: 8_640_000_000_000 }), id: fc.uuid({ version: 7 }) });
    fc.assert(
      fc.property(place, (each) => {
        expect(readPage({ after: cursorOf(each) }).after).toEqual(each);
      }),
    );
  });

  it.each([
    ["nothing", ""],
    ["no Base64", "not a cursor!"],
    ["padding", `${cursorOfText(`1 ${ID}`)}=`],
    ["no id", cursorOfText("1 nobody")],
    ["no time", cursorOfText(` ${ID}`)],
    ["a time that is no number", cursorOfText(`1e3 ${ID}`)],
    ["a time with leading zeros", cursorOfText(`01 ${ID}`)],
    ["an endless time", cursorOfText(`${"9".repeat(16)} ${ID}`)],
    ["more than one place", cursorOfText(`1 ${ID} 2`)],
    ["a letter of another alphabet", `${cursorOfText(`1 ${ID}`).slice(0, -1)}é`],
  ])("cannot begin after a cursor of %s", (_, after) => {
    expect(() => readPage({ after })).toThrow(new BadInput(["after"], { rule: "cursor" }));
  });
});

describe("a page of rows", () => {
  const page = { limit: 2, after: null };

  it("holds what was asked for, and says that more follows where one more was found", () => {
    const rows = places(3);
    const { nodes, edges, pageInfo } = toConnection(rows, page, listing);
    expect(nodes).toEqual(rows.slice(0, 2).map(({ id }) => id));
    expect(edges.map(({ node }) => node)).toEqual(nodes);
    expect(pageInfo).toEqual({
      hasNextPage: true,
      hasPreviousPage: false,
      startCursor: edges[0]?.cursor,
      endCursor: edges[1]?.cursor,
    });
  });

  it("is the last one where no more was found, and says that it followed another", () => {
    const after = { at: 2000, id: ID };
    const { pageInfo } = toConnection(places(2), { ...page, after }, listing);
    expect([pageInfo.hasNextPage, pageInfo.hasPreviousPage]).toEqual([false, true]);
  });

  it("has no cursors where it is empty", () => {
    const { nodes, pageInfo } = toConnection([], page, listing);
    expect(nodes).toEqual([]);
    expect([pageInfo.startCursor, pageInfo.endCursor]).toEqual([null, null]);
  });
});
