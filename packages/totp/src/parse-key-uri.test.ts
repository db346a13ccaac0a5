import fc from "fast-check";
import { Secret, TOTP } from "otpauth";
import { describe, expect, it } from "vitest";
import { keyUri } from "./key-uri.js";
import { parseKeyUri } from "./parse-key-uri.js";
import { generateSecret } from "./secret.js";

const SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const URI = `otpauth://totp/Old%20System:ada?secret=${SECRET}`;

describe("parseKeyUri", () => {
  it.each([
    ["with the defaults left out", URI],
    ["with every default said", `${URI}&issuer=Old&algorithm=SHA1&digits=6&period=30`],
    ["with other spellings", `OTPAUTH://TOTP/ada?secret=${SECRET.toLowerCase()}&algorithm=sha-1`],
    ["without a label", `otpauth://totp?secret=${SECRET}`],
    ["with padding, groups and a parameter of its own", `${URI.replace("GEZD", "GEZD+")}%3D%3D&image=x`],
    ["with a label that is no percent-encoding", `otpauth://totp/100%:a?secret=${SECRET}`],
  ])("reads the secret of a URI %s", (_, text) => {
    expect(parseKeyUri(text)).toEqual({ state: "read", secret: SECRET });
  });

  it.each([
    ["", "NOT_A_KEY_URI"],
    ["https://totp/ada?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", "NOT_A_KEY_URI"],
    ["otpauth:totp/ada?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", "NOT_A_KEY_URI"],
    [`${URI}&image=${"x".repeat(5_000)}`, "NOT_A_KEY_URI"],
    [`otpauth://hotp/ada?secret=${SECRET}&counter=0`, "NOT_TOTP"],
    [`otpauth-migration://offline?data=x`, "NOT_A_KEY_URI"],
    [`${URI}&algorithm=SHA256`, "ALGORITHM"],
    [`${URI}&algorithm=SHA512`, "ALGORITHM"],
    [`${URI}&algorithm=`, "ALGORITHM"],
    [`${URI}&digits=8`, "DIGITS"],
    [`${URI}&digits=06`, "DIGITS"],
    [`${URI}&digits=6&digits=8`, "DIGITS"],
    [`${URI}&period=60`, "PERIOD"],
    [`${URI}&period=30&period=30`, "PERIOD"],
    ["otpauth://totp/ada", "SECRET"],
    ["otpauth://totp/ada?secret=", "SECRET"],
    ["otpauth://totp/ada?secret=GEZDGNBV", "SECRET"],
    ["otpauth://totp/ada?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJ1", "SECRET"],
    [`${URI}&secret=${SECRET}`, "SECRET"],
  ] as const)("refuses %s: %s", (text, fault) => {
    expect(parseKeyUri(text)).toEqual({ state: "refused", fault });
  });

  it("refuses, at run time, what is no text", () => {
    for (const value of [null, undefined, 1, {}, [URI]])
      expect(parseKeyUri(value as unknown as string)).toEqual({ state: "refused", fault: "NOT_A_KEY_URI" });
  });

  it("reads back what keyUri writes, whatever the names are", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.string(), (issuer, accountName) => {
        const secret = generateSecret();
        expect(parseKeyUri(keyUri({ issuer, accountName, secret }))).toEqual({ state: "read", secret });
      }),
    );
  });

  it("reads what another implementation writes", () => {
    const secret = new Secret({ size: 20 });
    const totp = new TOTP({ issuer: "Old System", label: "ada@example.org", secret });
    expect(parseKeyUri(totp.toString())).toEqual({ state: "read", secret: secret.base32 });
  });

  it("throws for no text at all", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        parseKeyUri(text);
        parseKeyUri(`otpauth://${text}`);
      }),
    );
  });
});
