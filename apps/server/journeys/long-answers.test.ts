import { getIntrospectionQuery } from "graphql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Keyturn, startKeyturn } from "./stage/keyturn.js";

/** 440 bytes: the whole schema fifteen times over. */
const FIFTEEN_TIMES = `{ ${Array.from({ length: 15 }, (_, index) => `a${index}: __schema { ...F }`).join(" ")} }
  fragment F on __Schema { types { name description fields { name description type { name ofType { name } } args { name description } } } }`;

describe("an answer", () => {
  let keyturn: Keyturn;
  beforeAll(async () => {
    keyturn = await startKeyturn("sqlite");
  });
  afterAll(() => keyturn.close());

  it("holds the schema once", async () => {
    const { status, body } = await keyturn.anyone.send(getIntrospectionQuery());
    expect([status, body.errors]).toEqual([200, undefined]);
  });

  it("is refused before anything is executed where it could be too long, in both languages", async () => {
    const { status, text, body } = await keyturn.anyone.send(FIFTEEN_TIMES);
    expect([status, body.errors[0].extensions.code]).toEqual([400, "BAD_USER_INPUT"]);
    expect(body.errors[0].message).toBe("__schema can be asked for once in a document.");
    expect(text.length).toBeLessThan(500);
    const pages = Array.from(
      { length: 15 },
      (_, index) =>
        `a${index}: accounts(first: 100) { nodes { id loginName role kind status displayName emailAddress locale createdAt twoFactor { state availability enabledAt } } }`,
    );
    const japanese = await keyturn.anyone.send(`{ ${pages.join(" ")} }`, {}, { "accept-language": "ja" });
    expect([japanese.status, japanese.body.errors[0].extensions.code]).toEqual([400, "BAD_USER_INPUT"]);
    expect(japanese.body.errors[0].message).toContain("500000文字");
  });
});
