import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createVault, type SealedSecret } from "./vault.js";

const older = { id: "2026a", key: randomBytes(32) };
const newer = { id: "2026b", key: randomBytes(32) };
const vault = createVault([older]);
const label = { purpose: "totp", accountId: "alice" };

describe("a vault", () => {
  it("opens what it sealed, whatever the text", () => {
    const text = fc.string({ unit: "binary" });
    fc.assert(
      fc.property(text, text, text, (purpose, accountId, plain) => {
        const own = { purpose, accountId };
        expect(vault.open(own, vault.seal(own, plain))).toEqual({ state: "opened", plain });
      }),
    );
  });

  it("names version and key in front of the sealed secret, and never seals alike twice", () => {
    const [first, second] = [vault.seal(label, "secret"), vault.seal(label, "secret")];
    expect(first).toMatch(/^v1\.2026a\.[\w-]+$/);
    expect(first).not.toBe(second);
  });

  it("seals with the first key and opens with all", () => {
    const rotated = createVault([newer, older]);
    expect(rotated.seal(label, "secret")).toMatch(/^v1\.2026b\./);
    expect(rotated.open(label, vault.seal(label, "secret"))).toEqual({ state: "opened", plain: "secret" });
  });

  it("cannot read a secret whose key is gone, or another under the same id", () => {
    const sealed = vault.seal(label, "secret");
    expect(createVault([newer]).open(label, sealed)).toEqual({ state: "unreadable" });
    expect(createVault([{ id: older.id, key: newer.key }]).open(label, sealed)).toEqual({
      state: "unreadable",
    });
  });

  it.each([
    ["another account", { purpose: "totp", accountId: "bob" }],
    ["another purpose", { purpose: "signing", accountId: "alice" }],
    ["parts that join to the same text", { purpose: "totpa", accountId: "lice" }],
    ["parts that hold a separator", { purpose: 'totp","alice', accountId: "" }],
  ])("does not open a secret for %s", (_, other) => {
    expect(vault.open(other, vault.seal(label, "secret"))).toEqual({ state: "unreadable" });
  });

  it("does not open a secret of which one character was changed", () => {
    const sealed = vault.seal(label, "secret");
    for (let index = 0; index < sealed.length; index += 1) {
      for (const other of "ABQRghwxz-.") {
        if (sealed[index] === other) continue;
        const changed = (sealed.slice(0, index) + other + sealed.slice(index + 1)) as SealedSecret;
        expect([changed, vault.open(label, changed).state]).toEqual([changed, "unreadable"]);
      }
    }
  });

  it("never throws, whatever it is given to open", () => {
    const anything = fc.oneof(
      fc.string(),
      fc.base64String().map((text) => `v1.2026a.${text}`),
    );
    fc.assert(
      fc.property(anything, (text) => {
        expect(vault.open(label, text as SealedSecret)).toEqual({ state: "unreadable" });
      }),
    );
  });

  it("digests equal texts alike, and others, other purposes and other keys apart", () => {
    const digest = vault.digest("login-name", "alice");
    expect(digest).toMatch(/^[\w-]{43}$/);
    expect(vault.digest("login-name", "alice")).toBe(digest);
    expect(createVault([older, newer]).digest("login-name", "alice")).toBe(digest);
    const others = [
      vault.digest("login-name", "bob"),
      vault.digest("login-nam", "ealice"),
      createVault([newer]).digest("login-name", "alice"),
    ];
    expect(others).not.toContain(digest);
  });

  it("is not made without a key", () => {
    expect(() => createVault([])).toThrow("a vault needs a key");
  });
});
