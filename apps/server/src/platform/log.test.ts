import { Writable } from "node:stream";
import fastify from "fastify";
import { QueryFailedError } from "typeorm";
import { beforeEach, describe, expect, it } from "vitest";
import { createLog } from "./log.js";

let output: string;
const destination = new Writable({
  write: (chunk: Buffer, _, done) => {
    output += chunk.toString();
    done();
  },
});
const log = createLog({ logLevel: "info", destination });
beforeEach(() => {
  output = "";
});

function lines(): Record<string, unknown>[] {
  return output
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

const secretKeys = [
  ..."password currentPassword newPassword verificationCode recoveryCode recoveryCodes token secret cookie".split(
    " ",
  ),
  ..."authorization Authorization set-cookie x-cybozu-authorization X-Cybozu-API-Token sessionToken".split(
    " ",
  ),
  ..."challenge otpauthUri manualKey qrCode passwordHash tokenHash clientSecret refresh_token code_verifier".split(
    " ",
  ),
];

describe("the log", () => {
  it.each(secretKeys)("blots out %s at any depth", (key) => {
    log.info({ [key]: "hunter2", a: { [key]: "hunter2", b: { c: [{ [key]: ["hunter2"] }] } } }, "sent");
    log.child({ [key]: "hunter2", a: { [key]: "hunter2" } }).warn("sent");
    expect(output).not.toContain("hunter2");
    expect(lines().map(({ msg }) => msg)).toEqual(["sent", "sent"]);
  });

  it("keeps what is no secret", () => {
    log.info(
      { code: "RATE_LIMITED", accountId: "a1", at: new Date(0), list: [1, null], password: null },
      "refused",
    );
    expect(lines()[0]).toMatchObject({
      code: "RATE_LIMITED",
      accountId: "a1",
      at: "1970-01-01T00:00:00.000Z",
      list: [1, null],
      password: null,
    });
  });

  it("does not change what it is given", () => {
    const given = { password: "hunter2" };
    log.info(given);
    expect(given).toEqual({ password: "hunter2" });
  });

  it("blots out secret columns of an entity", () => {
    class Row {
      id = "a1";
      passwordHash = "hunter2";
    }
    log.info({ account: new Row() });
    expect(lines()[0]).toMatchObject({ account: { id: "a1", passwordHash: "[redacted]" } });
  });

  it("blots out bearers, otpauth addresses and passwords in addresses wherever they stand", () => {
    const bearer = `kts_${"a1B2".repeat(12)}c`;
    log.info({ path: `/reset-password/${bearer}`, list: [bearer] }, `got ${bearer}`);
    log.error(new Error("no otpauth://totp/a?secret=JBSWY3DP from postgres://keyturn:hunter2@db/keyturn"));
    expect(output).not.toMatch(/a1B2|JBSWY3DP|hunter2/);
    expect(output).toContain("postgres://keyturn:[redacted]@db/keyturn");
  });

  it.each(["a.", "kts_", "kt_a", "otpauth:", "a://", "a:", "://a:", "a+b-", "@"])(
    "ends with half a million characters that repeat %j",
    (part) => {
      log.info({ path: part.repeat(500_000 / part.length) });
      expect(lines()).toHaveLength(1);
    },
    5_000,
  );

  it("writes a failed query's message, code and stack, and not its parameters", () => {
    const driverError = Object.assign(new Error("UNIQUE constraint failed"), { code: "SQLITE_CONSTRAINT" });
    const failure = new QueryFailedError("INSERT INTO accounts VALUES ($1)", ["hunter2"], driverError);
    log.error(failure);
    log.error({ err: failure, error: failure, list: [failure] }, "failed");
    log.error(new Error("outer", { cause: failure }));
    log.error(new AggregateError([failure], "several"));
    expect(output).not.toMatch(/hunter2|INSERT INTO/);
    for (const line of lines()) {
      expect(JSON.stringify(line)).toMatch(/UNIQUE constraint failed.*SQLITE_CONSTRAINT/);
      expect(line["err"]).toMatchObject({ stack: expect.stringContaining("log.test.ts") as unknown });
    }
  });

  it("ends what goes too deep or in a circle", () => {
    const circle: Record<string, unknown> = { password: "hunter2" };
    circle["self"] = circle;
    log.info({ circle, err: Object.assign(new Error("round"), { cause: circle }) });
    expect(output).toContain("[deep]");
    expect(output).not.toContain("hunter2");
  });

  it("keeps silent below its level", () => {
    log.debug("quiet");
    createLog({ logLevel: "silent", destination }).fatal("quiet");
    expect(output).toBe("");
  });

  it("tells Fastify's requests without headers and addresses", async () => {
    const app = fastify({ loggerInstance: log });
    app.get("/*", async (request) => {
      request.log.error({ headers: request.headers, err: new Error("boom", { cause: "why" }) }, "failed");
      return {};
    });
    const headers = { authorization: "Basic hunter2", cookie: "keyturn_session=hunter2" };
    await app.inject({ url: "/path/hunter2?code=hunter2", headers });
    await app.close();
    expect(output).not.toContain("hunter2");
    expect(lines().find(({ req }) => req !== undefined)).toMatchObject({
      req: { method: "GET" },
    });
    expect(output).not.toContain("/path");
    expect(lines().find(({ msg }) => msg === "failed")).toMatchObject({
      err: { type: "Error", cause: "why" },
    });
    expect(lines().find(({ res }) => res !== undefined)).toMatchObject({ res: { statusCode: 200 } });
  });
});
