import { describe, expect, it } from "vitest";
import { passwordWeaknesses } from "./password-strength.js";

const names = ["taro.yamada", "Taro Yamada", "t-yamada", "Keyturn"];
const weaknesses = (password: string, minimumLength = 8) =>
  passwordWeaknesses(password, { minimumLength, names });

describe("a new password", () => {
  it.each([
    "wide green river",
    "aaaabbbbccccdd",
    "漢字だけの合言葉です",
    "        8 spaces",
    "x".repeat(128),
    "🔑".repeat(128),
    "🔑🚪🏠🌳🌊🔥🌙🌟",
    "eggplant & yamadas",
  ])("%j may be set", async (password) => {
    expect(await weaknesses(password)).toEqual([]);
  });

  it.each(["", "sevenly", "🔑".repeat(7)])("%j is too short", async (password) => {
    expect(await weaknesses(password)).toEqual(["MINIMUM_LENGTH"]);
  });

  it("is as long as the policy asks, and no longer than 128", async () => {
    expect(await weaknesses("fourteen chars", 15)).toEqual(["MINIMUM_LENGTH"]);
    expect(await weaknesses("fifteen chars!!", 15)).toEqual([]);
    expect(await weaknesses("x".repeat(129))).toEqual(["MAXIMUM_LENGTH"]);
    expect(await weaknesses("🔑".repeat(129))).toEqual(["MAXIMUM_LENGTH"]);
  });

  it.each(["password", "PassWord", "12345678", "iloveyou1", "ｐａｓｓｗｏｒｄ", "QWERTYUIOP"])(
    "%j is too common, in any case and width",
    async (password) => expect(await weaknesses(password)).toEqual(["COMMON"]),
  );

  it.each([
    "taro.yamada",
    "TaroYamada",
    "taro_yamada_1",
    "yamada2026!",
    "12345yamada",
    "Keyturn1",
    "KEY-TURN!",
    "ｔａｒｏ1234",
    "taro-taro-taro",
    "yamadayamada!",
  ])("%j is little more than a name", async (password) => {
    expect(await weaknesses(password)).toEqual(["CONTAINS_NAME"]);
  });

  it("may hold a name among more than five other characters", async () => {
    expect(await weaknesses("yamada-12345")).toEqual([]);
    expect(await weaknesses("yamada-1234")).toEqual(["CONTAINS_NAME"]);
  });

  it("may hold a name of fewer than three letters, or an empty one", async () => {
    expect(await passwordWeaknesses("jo-12345", { minimumLength: 8, names: ["jo", "", " ", "!!!"] })).toEqual(
      [],
    );
  });

  it("is told every rule that it breaks", async () => {
    expect(await passwordWeaknesses("password", { minimumLength: 12, names: ["Password"] })).toEqual([
      "MINIMUM_LENGTH",
      "COMMON",
      "CONTAINS_NAME",
    ]);
  });
});
