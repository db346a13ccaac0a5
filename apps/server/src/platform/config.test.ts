import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { readConfig } from "./config.js";
import { ConfigurationError } from "./config-error.js";
import { describeConfiguration } from "./config-variables.js";

const KEY = Buffer.alloc(32, 7).toString("base64");

function faultsOf(environment: Record<string, string>): Record<string, string> {
  try {
    readConfig(environment);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return Object.fromEntries(error.faults.map(({ name, expected }) => [name, expected]));
  }
  return {};
}

describe("readConfig", () => {
  it("starts from an empty environment with the defaults of the contract", () => {
    expect(readConfig({}, "/srv")).toEqual({
      production: false,
      host: "127.0.0.1",
      port: 4000,
      publicUrl: new URL("http://localhost:4000"),
      database: { type: "sqlite", file: resolve("/srv/data/keyturn.sqlite") },
      sqliteSynchronous: "full",
      dataDirectory: resolve("/srv/data"),
      secretKeys: null,
      firstAdministrator: { loginName: "admin", password: null },
      issuerName: "Keyturn",
      trialStartedOn: null,
      smtpUrl: null,
      mailFrom: '"Keyturn" <keyturn@localhost>',
      trustedProxies: [],
      allowedOrigins: [],
      scopes: [],
      attemptsPerAddress: 60,
      argon2: { memoryCost: 19456, timeCost: 2, parallelism: 1 },
      logLevel: "info",
    });
  });

  it("reads every variable", () => {
    const config = readConfig(
      {
        NODE_ENV: "production",
        HOST: "::",
        PORT: "8080",
        KEYTURN_PUBLIC_URL: "https://id.example.com/",
        KEYTURN_DATABASE_URL: "postgres://keyturn:pass@db/keyturn",
        KEYTURN_SQLITE_SYNCHRONOUS: "normal",
        KEYTURN_DATA_DIR: "/var/lib/keyturn",
        KEYTURN_SECRET_KEYS: `2026b:${KEY}, 2026a:${Buffer.alloc(32, 9).toString("base64url")}`,
        KEYTURN_ADMIN_LOGIN_NAME: "root",
        KEYTURN_ADMIN_PASSWORD: "wide green river",
        KEYTURN_ISSUER_NAME: "Example ID",
        KEYTURN_TRIAL_STARTED_ON: "2024-02-29",
        KEYTURN_SMTP_URL: "smtps://user:pass@mail.example.com:465",
        KEYTURN_MAIL_FROM: "Example ID <id@example.com>",
        KEYTURN_TRUSTED_PROXIES: "10.0.0.0/8, ::1",
        KEYTURN_ALLOWED_ORIGINS: "https://app.example.com, http://localhost:5173",
        KEYTURN_SCOPES: "orders:read=Read your orders,orders:write=Place orders = for you",
        KEYTURN_ATTEMPTS_PER_ADDRESS: "0",
        KEYTURN_ARGON2: "m=65536,t=3,p=4",
        KEYTURN_LOG_LEVEL: "warn",
      },
      "/srv",
    );
    expect(config).toEqual({
      production: true,
      host: "::",
      port: 8080,
      publicUrl: new URL("https://id.example.com"),
      database: { type: "postgres", url: "postgres://keyturn:pass@db/keyturn" },
      sqliteSynchronous: "normal",
      dataDirectory: resolve("/var/lib/keyturn"),
      secretKeys: [
        { id: "2026b", key: Buffer.alloc(32, 7) },
        { id: "2026a", key: Buffer.alloc(32, 9) },
      ],
      firstAdministrator: { loginName: "root", password: "wide green river" },
      issuerName: "Example ID",
      trialStartedOn: "2024-02-29",
      smtpUrl: "smtps://user:pass@mail.example.com:465",
      mailFrom: "Example ID <id@example.com>",
      trustedProxies: ["10.0.0.0/8", "::1"],
      allowedOrigins: ["https://app.example.com", "http://localhost:5173"],
      scopes: [
        { name: "orders:read", description: "Read your orders" },
        { name: "orders:write", description: "Place orders = for you" },
      ],
      attemptsPerAddress: 0,
      argon2: { memoryCost: 65536, timeCost: 3, parallelism: 4 },
      logLevel: "warn",
    });
  });

  it("takes an empty variable for one that is not there", () => {
    const empty = Object.fromEntries(describeConfiguration().map(({ name }) => [name, ""]));
    expect(readConfig({ ...empty, KEYTURN_SMTP: "" }, "/srv")).toEqual(readConfig({}, "/srv"));
  });

  it("reads special characters of a database's address as %XX, and takes a password's line end for none of it", () => {
    const url = "postgres://kt:100%25%40%2F@h/d";
    const config = readConfig({ KEYTURN_DATABASE_URL: url, KEYTURN_ADMIN_PASSWORD: "wide green river\n" });
    expect(config.database).toEqual({ type: "postgres", url });
    expect(config.firstAdministrator.password).toBe("wide green river");
    const { KEYTURN_DATABASE_URL: expected = "" } = faultsOf({
      KEYTURN_DATABASE_URL: "postgres://kt:100%@h/d",
    });
    expect(expected).toMatch(/%XX/);
  });

  it("lets the public address follow the port, and the sender follow the public address", () => {
    expect(readConfig({ PORT: "5000" }).publicUrl.origin).toBe("http://localhost:5000");
    const named = { KEYTURN_PUBLIC_URL: "https://id.example.com", KEYTURN_ISSUER_NAME: 'The "ID"' };
    expect(readConfig(named).mailFrom).toBe('"The \\"ID\\"" <keyturn@id.example.com>');
    expect(readConfig({ KEYTURN_PUBLIC_URL: "http://[::1]:4000" }).mailFrom).toBe(
      '"Keyturn" <keyturn@localhost>',
    );
  });

  it.each(["id@example.com", "<id@example.com>", "認証 <id@example.com>", '"A, \\"B\\"" <id@example.com>'])(
    "takes %s for a sender",
    (sender) => expect(readConfig({ KEYTURN_MAIL_FROM: sender }).mailFrom).toBe(sender),
  );

  it.each([
    ["sqlite:", "/srv/data/keyturn.sqlite"],
    ["sqlite:other.sqlite", "/srv/other.sqlite"],
    ["sqlite:/var/id.sqlite", "/var/id.sqlite"],
    ["sqlite:///var/id.sqlite", "/var/id.sqlite"],
  ])("finds the file of %s", (url, file) => {
    expect(readConfig({ KEYTURN_DATABASE_URL: url }, "/srv").database).toEqual({
      type: "sqlite",
      file: resolve(file),
    });
  });

  it("reports every fault at once, by name", () => {
    const broken = {
      PORT: "http",
      KEYTURN_LOG_LEVEL: "loud",
      KEYTURN_SMTP_URI: "smtp://mail",
      NODE_ENV: "production",
    };
    expect(Object.keys(faultsOf(broken)).toSorted()).toEqual([
      "KEYTURN_LOG_LEVEL",
      "KEYTURN_SECRET_KEYS",
      "KEYTURN_SMTP_URI",
      "PORT",
    ]);
  });

  it("says in its message what is expected, and never what was there", () => {
    const read = () => readConfig({ PORT: "hunter2", KEYTURN_SECRET_KEYS: "a:hunter2" });
    expect(read).toThrow(
      /PORT: expected a port from 0 to 65535\n {2}KEYTURN_SECRET_KEYS: expected id:base64\(32 bytes\)/,
    );
    expect(read).not.toThrow(/hunter2/);
  });

  it.each([
    ["NODE_ENV", ["prod", "PRODUCTION"]],
    ["HOST", ["a b", "http://localhost"]],
    ["PORT", ["-1", "65536", "4e3", "0x10", " 80", "1.5"]],
    [
      "KEYTURN_PUBLIC_URL",
      [
        "id.example.com",
        "ftp://a",
        "https://a/b",
        "https://a/?b",
        "https://a/#b",
        "https://u@a",
        "https://u:p@a",
      ],
    ],
    [
      "KEYTURN_DATABASE_URL",
      [
        ...["keyturn.sqlite", "sqlite::memory:", "sqlite://file", "mysql://a/b", "sqlite:a?mode=ro"],
        ...["postgres://kt:100%@h/d", "postgres://kt:%FF@h/d", "postgres://%@h/d", "postgres://kt@h/100%"],
      ],
    ],
    ["KEYTURN_SQLITE_SYNCHRONOUS", ["off", "FULL"]],
    ["KEYTURN_DATA_DIR", ["a\0b"]],
    [
      "KEYTURN_SECRET_KEYS",
      [KEY, `:${KEY}`, `a.b:${KEY}`, "a:c2hvcnQ=", `a:${KEY}${KEY}`, `a:${KEY},`, `a:${KEY},a:${KEY}`],
    ],
    ["KEYTURN_ADMIN_LOGIN_NAME", ["a:b", "a\nb", "a".repeat(129)]],
    ["KEYTURN_ADMIN_PASSWORD", ["seven77", "🔑".repeat(7), "a".repeat(129)]],
    ["KEYTURN_ISSUER_NAME", ["a\r\nb", "a".repeat(65)]],
    ["KEYTURN_TRIAL_STARTED_ON", ["2025-02-29", "2026-1-1", "01/01/2026", "2026-01-01T00:00:00Z"]],
    [
      "KEYTURN_SMTP_URL",
      ["mail.example.com", "http://mail", "smtp://", "smtps://kt:100%@mail", "smtp://%FF@mail"],
    ],
    [
      "KEYTURN_MAIL_FROM",
      ["id", "a@b, c@d", "a@b\r\nBcc: c@d", "A <a@b>, C <c@d>", "A, B <a@b>", '"A" B" <a@b>', "<>"],
    ],
    ["KEYTURN_TRUSTED_PROXIES", ["proxy", "10.0.0.0/33", "::1/129", "10.0.0.1,", "10.0.0/8", "10.0.0.1/"]],
    [
      "KEYTURN_ALLOWED_ORIGINS",
      ["*", "null", "app.example.com", "https://a/b", "https://a,", "https://u@a", "ftp://a"],
    ],
    [
      "KEYTURN_SCOPES",
      ["orders", "a=", "=b", "a b=c", "openid=c", "account:read=c", "admin:all=c", "a=b,a=c", "a=b,", "a= "],
    ],
    ["KEYTURN_ATTEMPTS_PER_ADDRESS", ["-1", "many", "1000001"]],
    [
      "KEYTURN_ARGON2",
      ["m=19456", "m=7,t=1,p=1", "m=64,t=0,p=1", "m=64,t=1,p=0", "t=2,m=19456,p=1", "m=8000,t=1,p=256"],
    ],
    ["KEYTURN_LOG_LEVEL", ["INFO", "verbose"]],
  ])("refuses %s of another form", (name, values) => {
    for (const value of values)
      expect([value, Object.keys(faultsOf({ [name]: value }))]).toEqual([value, [name]]);
  });

  it("names the nearest variable where one that begins with KEYTURN_ means nothing", () => {
    expect(faultsOf({ KEYTURN_TRUSTED_PROXY: "::1" })["KEYTURN_TRUSTED_PROXY"]).toMatch(
      /KEYTURN_TRUSTED_PROXIES$/,
    );
    expect(faultsOf({ KEYTURN_SECRET_KEY: "a" })["KEYTURN_SECRET_KEY"]).toMatch(/KEYTURN_SECRET_KEYS$/);
  });

  it("lets the contract's later variables pass, and those of others", () => {
    const others = {
      KEYTURN_METRICS_TOKEN: "x",
      PATH: "/bin",
      keyturn_x: "y",
    };
    expect(faultsOf(others)).toEqual({});
  });
});
