import fc from "fast-check";
import { TOTP, URI } from "otpauth";
import { describe, expect, it } from "vitest";
import { keyUri, manualKey } from "./key-uri.js";
import { generateSecret, parseSecret, type TotpSecret } from "./secret.js";

const SECRET = parseSecret("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ") as TotpSecret;

describe("keyUri", () => {
  it("spells the URI exactly as apps expect it", () => {
    const uri = keyUri({ issuer: "Keyturn", accountName: "ada@example.org", secret: SECRET });
    expect(uri).toBe(
      "otpauth://totp/Keyturn:ada%40example.org" +
        `?secret=${SECRET}&issuer=Keyturn&algorithm=SHA1&digits=6&period=30`,
    );
  });

  it("writes a space as %20 in label and issuer", () => {
    const uri = keyUri({ issuer: "Keyturn Test", accountName: "Ada L", secret: SECRET });
    expect(uri).toContain("/Keyturn%20Test:Ada%20L?");
    expect(uri).toContain("&issuer=Keyturn%20Test&");
  });

  it("writes a plus so that it stays a plus", () => {
    const uri = keyUri({ issuer: "A+B", accountName: "ada+otp@example.org", secret: SECRET });
    expect(uri).toContain("/A%2BB:ada%2Botp%40example.org?");
  });

  it("drops colons from issuer and name, so that the label keeps its one", () => {
    const uri = keyUri({ issuer: "Key:turn", accountName: "x:y:z", secret: SECRET });
    expect(uri).toContain("otpauth://totp/Keyturn:xyz?");
    expect(uri).toContain("&issuer=Keyturn&");
  });

  it("lets no name add or replace a parameter", () => {
    const accountName = "x?secret=AAAA&issuer=Evil#/%3A\r\n";
    const url = new URL(keyUri({ issuer: "Keyturn", accountName, secret: SECRET }));
    expect([...url.searchParams]).toEqual([
      ["secret", SECRET],
      ["issuer", "Keyturn"],
      ["algorithm", "SHA1"],
      ["digits", "6"],
      ["period", "30"],
    ]);
    expect(url.hash).toBe("");
  });

  it("survives a broken character in a name", () => {
    const uri = keyUri({ issuer: "Keyturn", accountName: "a\uD800b", secret: SECRET });
    expect(uri).toContain("/Keyturn:a%EF%BF%BDb?");
  });

  it("is read back by another implementation, whatever the names are", () => {
    const names = fc.string({ unit: "grapheme", minLength: 1 }).filter((text) => label(text) !== "");
    fc.assert(
      fc.property(names, names, (issuer, accountName) => {
        const secret = generateSecret();
        const parsed = URI.parse(keyUri({ issuer, accountName, secret })) as TOTP;
        expect(parsed).toBeInstanceOf(TOTP);
        expect(parsed).toMatchObject({ algorithm: "SHA1", digits: 6, period: 30 });
        expect(parsed.secret.base32).toBe(secret);
        expect([parsed.issuer, parsed.label]).toEqual([label(issuer), label(accountName)]);
      }),
    );
  });
});

describe("manualKey", () => {
  it("shows groups of four with single spaces between", () => {
    expect(manualKey(SECRET)).toBe("GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
  });

  it("keeps a shorter last group", () => {
    const secret = parseSecret("GEZDGNBVGY3TQOJQGEZDGNBVGY") as TotpSecret;
    expect(manualKey(secret)).toBe("GEZD GNBV GY3T QOJQ GEZD GNBV GY");
  });

  it("shows what parseSecret reads back", () => {
    const secret = generateSecret();
    expect(parseSecret(manualKey(secret))).toBe(secret);
  });
});

function label(text: string): string {
  return text.replaceAll(":", "").trim();
}
