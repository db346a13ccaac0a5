import { describe, expect, it } from "vitest";
import { createPasswordHasher, HashQueueFullError, type PasswordHash } from "./password-hash.js";

const cheap = { memoryCost: 64, timeCost: 1, parallelism: 1 };
const hasher = createPasswordHasher(cheap);

describe("a password hasher", () => {
  it("hashes by Argon2id at the configured cost, with another salt each time", async () => {
    const [first, second] = await Promise.all([
      hasher.hash("wide green river"),
      hasher.hash("wide green river"),
    ]);
    expect(first).toMatch(/^\$argon2id\$v=19\$m=64,t=1,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
    expect(first).not.toBe(second);
  });

  it("knows a right password from a wrong one", async () => {
    const hash = await hasher.hash("wide green river");
    expect(await hasher.verify(hash, "wide green river")).toEqual({ right: true, renew: false });
    expect(await hasher.verify(hash, "wide green River")).toEqual({ right: false, renew: false });
  });

  it.each([
    ["spaces at the ends", " river ", "river"],
    ["the composed and decomposed form of a letter", "caf\u00e9 caf\u00e9", "cafe\u0301 cafe\u0301"],
    ["what comes after 72 bytes", `${"x".repeat(100)}a`, `${"x".repeat(100)}b`],
    ["what comes after a zero", "river\0a", "river\0b"],
  ])("verifies passwords whole, and as sent: %s", async (_, password, other) => {
    const hash = await hasher.hash(password);
    expect([await hasher.verify(hash, password), await hasher.verify(hash, other)]).toEqual([
      { right: true, renew: false },
      { right: false, renew: false },
    ]);
  });

  it("asks to renew a right password's hash of another cost, and no wrong one's", async () => {
    const hash = await hasher.hash("wide green river");
    for (const change of [{ memoryCost: 128 }, { timeCost: 2 }, { parallelism: 2 }]) {
      const other = createPasswordHasher({ ...cheap, ...change });
      expect(await other.verify(hash, "wide green river")).toEqual({ right: true, renew: true });
      expect(await other.verify(hash, "wrong")).toEqual({ right: false, renew: false });
    }
  });

  it("finds every password wrong where there is no hash", async () => {
    expect(await hasher.verify(null, "")).toEqual({ right: false, renew: false });
    expect(await hasher.verify(null, "wide green river")).toEqual({ right: false, renew: false });
  });

  it("takes about as long without a hash as with one", async () => {
    const dear = createPasswordHasher({ memoryCost: 19_456, timeCost: 4, parallelism: 1 });
    const hash = await dear.hash("wide green river");
    const timed = async (stored: PasswordHash | null): Promise<number> => {
      const start = performance.now();
      await dear.verify(stored, "wrong");
      return performance.now() - start;
    };
    const rounds: [number, number][] = [];
    for (let round = 0; round < 7; round += 1) rounds.push([await timed(hash), await timed(null)]);
    const best = (side: 0 | 1) => Math.min(...rounds.map((round) => round[side]));
    expect(best(1) / best(0)).toBeGreaterThan(0.5);
    expect(best(1) / best(0)).toBeLessThan(2);
  });

  it("fails on a hash that it cannot read, rather than calling the password wrong", async () => {
    await expect(hasher.verify("$2b$10$abc" as PasswordHash, "password")).rejects.toThrow();
  });

  it("computes so many at once, lets so many wait, and sends the rest away with a time to come back", async () => {
    const small = createPasswordHasher(cheap, { concurrency: 1, waiting: 2 });
    const results = await Promise.allSettled(Array.from({ length: 5 }, () => small.hash("wide green river")));
    expect(results.map(({ status }) => status)).toEqual([
      "fulfilled",
      "fulfilled",
      "fulfilled",
      "rejected",
      "rejected",
    ]);
    const refusal: unknown = results[4]?.status === "rejected" && results[4].reason;
    expect(refusal).toBeInstanceOf(HashQueueFullError);
    expect((refusal as HashQueueFullError).retryAfterSeconds).toBeGreaterThanOrEqual(1);
  });

  it("takes passwords again once its queue has emptied, also after a failure", async () => {
    const small = createPasswordHasher(cheap, { concurrency: 1, waiting: 0 });
    await expect(small.verify("broken" as PasswordHash, "password")).rejects.toThrow();
    await small.hash("wide green river");
    await expect(small.hash("wide green river")).resolves.toBeTypeOf("string");
  });
});
