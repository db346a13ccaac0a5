import { describe, expect, it } from "vitest";
import { EXAMPLE_SECRETS, productionFaults } from "./config-production.js";

const sound = {
  NODE_ENV: "production",
  KEYTURN_SECRET_KEYS: `a:${Buffer.alloc(32, 7).toString("base64")}`,
  KEYTURN_PUBLIC_URL: "https://id.example.com",
};

function refused(change: Record<string, string | undefined>): string[] {
  return productionFaults({ ...sound, ...change }).map(({ name }) => name);
}

describe("in production", () => {
  it("a sound configuration is not refused", () => {
    expect(refused({})).toEqual([]);
  });

  it("missing secret keys are refused", () => {
    expect(refused({ KEYTURN_SECRET_KEYS: undefined })).toEqual(["KEYTURN_SECRET_KEYS"]);
  });

  it.each(EXAMPLE_SECRETS.filter((secret) => Buffer.from(secret, "base64").length === 32))(
    "the documents' key %s is refused, first or not, in either alphabet",
    (example) => {
      expect(refused({ KEYTURN_SECRET_KEYS: `a:${example}` })).toEqual(["KEYTURN_SECRET_KEYS"]);
      const urlSafe = Buffer.from(example, "base64").toString("base64url");
      expect(refused({ KEYTURN_SECRET_KEYS: `${sound.KEYTURN_SECRET_KEYS},b:${urlSafe}` })).toEqual([
        "KEYTURN_SECRET_KEYS",
      ]);
    },
  );

  it.each(["KEYTURN_ADMIN_PASSWORD", "KEYTURN_METRICS_TOKEN"])(
    "a %s from the documents is refused",
    (name) => {
      for (const example of EXAMPLE_SECRETS) expect(refused({ [name]: example })).toEqual([name]);
      expect(refused({ [name]: "a value of one's own" })).toEqual([]);
    },
  );

  it.each(["http://id.example.com", "http://10.0.0.1", "http://localhost.example.com", "http://[::2]:4000"])(
    "%s is refused, being plain http off loopback",
    (url) => expect(refused({ KEYTURN_PUBLIC_URL: url })).toEqual(["KEYTURN_PUBLIC_URL"]),
  );

  it.each(["http://localhost:4000", "http://id.localhost", "http://127.1.2.3", "http://[::1]:4000"])(
    "%s is let pass, being loopback",
    (url) => expect(refused({ KEYTURN_PUBLIC_URL: url })).toEqual([]),
  );

  it("a cheaper password hash than the default is refused, a dearer one is not", () => {
    expect(refused({ KEYTURN_ARGON2: "m=19455,t=2,p=1" })).toEqual(["KEYTURN_ARGON2"]);
    expect(refused({ KEYTURN_ARGON2: "m=65536,t=1,p=1" })).toEqual(["KEYTURN_ARGON2"]);
    expect(refused({ KEYTURN_ARGON2: "m=65536,t=3,p=4" })).toEqual([]);
  });

  it("every refusal is reported together, and none of them elsewhere", () => {
    const careless = {
      KEYTURN_SECRET_KEYS: undefined,
      KEYTURN_PUBLIC_URL: "http://id.example.com",
      KEYTURN_ARGON2: "m=8,t=1,p=1",
    };
    expect(refused(careless)).toEqual(["KEYTURN_SECRET_KEYS", "KEYTURN_PUBLIC_URL", "KEYTURN_ARGON2"]);
    expect(refused({ ...careless, NODE_ENV: "development" })).toEqual([]);
  });
});
