import fc from "fast-check";
import { Secret } from "otpauth";
import { describe, expect, it } from "vitest";
import { generateSecret, parseSecret } from "./secret.js";

const RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

describe("generateSecret", () => {
  it("draws 160 bits as 32 characters of unpadded Base32", () => {
    const secret = generateSecret();
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(Secret.fromBase32(secret).bytes).toHaveLength(20);
  });

  it("never draws the same secret twice", () => {
    const secrets = Array.from({ length: 1000 }, generateSecret);
    expect(new Set(secrets).size).toBe(1000);
  });

  it("draws every character in every place", () => {
    const secrets = Array.from({ length: 1000 }, generateSecret);
    for (let place = 0; place < 32; place++) {
      expect(new Set(secrets.map((secret) => secret[place])).size).toBe(32);
    }
  });

  it("draws what parseSecret reads unchanged", () => {
    const secret = generateSecret();
    expect(parseSecret(secret)).toBe(secret);
  });
});

describe("parseSecret", () => {
  it("reads any 16 to 64 bytes that another calculator encoded", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 64 }), (bytes) => {
        const { base32 } = new Secret({ buffer: new Uint8Array(bytes).buffer });
        expect(parseSecret(base32)).toBe(base32);
      }),
    );
  });

  it.each([
    ["lower case", "gezdgnbvgy3tqojqgezdgnbvgy3tqojq"],
    ["groups of four", "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ"],
    ["spaces and line breaks around it", " \tGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ\r\n"],
    ["no-break spaces", "GEZDGNBV\u00A0GY3TQOJQ\u00A0GEZDGNBV\u00A0GY3TQOJQ"],
    ["padding", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ======"],
  ])("reads a secret written with %s", (_, text) => {
    expect(parseSecret(text)).toBe(RFC_SECRET);
  });

  it("clears the bits that fill no byte, so that one key has one spelling", () => {
    expect(parseSecret("GEZDGNBVGY3TQOJQGEZDGNBVGZ")).toBe("GEZDGNBVGY3TQOJQGEZDGNBVGY");
  });

  it.each([
    ["nothing", ""],
    ["padding alone", "===="],
    ["120 bits", "A".repeat(24)],
    ["520 bits", "A".repeat(104)],
    ["a length that no bytes encode to", "A".repeat(33)],
    ["a 0", `0${RFC_SECRET.slice(1)}`],
    ["a 1", `1${RFC_SECRET.slice(1)}`],
    ["an 8", `8${RFC_SECRET.slice(1)}`],
    ["padding in the middle", `${RFC_SECRET.slice(0, 16)}=${RFC_SECRET.slice(16)}`],
    ["letters that only fold to ASCII", `\u212A${RFC_SECRET.slice(1)}`],
    ["a URI", `otpauth://totp/x?secret=${RFC_SECRET}`],
  ])("refuses %s", (_, text) => {
    expect(parseSecret(text)).toBeNull();
  });

  it.each([[null], [undefined], [12345678], [[RFC_SECRET]], [{}]])("refuses %j, no string", (value) => {
    expect(parseSecret(value as unknown as string)).toBeNull();
  });
});
