import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { drawToken } from "../src/platform/bearer-token.js";
import { type Keyturn, startKeyturn } from "./stage/keyturn.js";
import { sendRaw } from "./stage/wire.js";

/** Ways to write an address that all lead to the same page. */
const SPELLINGS: Readonly<Record<string, (text: string) => string>> = {
  "as it is": (text) => text,
  "percent-encoded whole": (text) => [...text].map((each) => encoded(each)).join(""),
  "with its underscore encoded": (text) => text.replace("_", "%5F"),
  "with its first letter encoded": (text) => text.replace("k", "%6b"),
};

function encoded(character: string): string {
  return `%${character.charCodeAt(0).toString(16)}`;
}

describe("the log", () => {
  let keyturn: Keyturn;
  beforeAll(async () => {
    keyturn = await startKeyturn("sqlite");
  });
  afterAll(() => keyturn.close());

  it.each(Object.entries(SPELLINGS))("holds no token of a mailed link, written %s", async (_how, spell) => {
    const token = drawToken("ktm_").plain;
    const letters = token.slice(4, 40);
    const places = [
      "/reset-password/",
      "/confirm-email/",
      "/confirm-email/x/",
      "/nowhere/",
      "/account/",
      "//reset-password/",
    ];
    for (const place of places)
      for (const method of ["GET", "POST", "PUT"])
        await sendRaw(keyturn.address, {
          method,
          path: place + spell(token),
          headers: [["content-type", "application/x-www-form-urlencoded"]],
          ...(method !== "GET" && { body: "a=b" }),
        });
    for (const spelling of [token, letters, spell(token), spell(letters), [...letters].map(encoded).join("")])
      expect(keyturn.logged()).not.toContain(spelling);
    expect(keyturn.logged()).toContain('"route":"/reset-password/:token"');
    expect(keyturn.logged()).toContain('"route":null');
  });
});
