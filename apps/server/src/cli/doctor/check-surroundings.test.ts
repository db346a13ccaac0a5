import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readConfig } from "../../platform/config.js";
import { checkDirectory, checkMail } from "./check-surroundings.js";

const config = readConfig({ KEYTURN_DATA_DIR: "/data" });

describe("the check of mails", () => {
  it.each([
    [null, false, "ok"],
    [null, true, "warning"],
    ["smtps://keyturn:hidden@mail.example.com:465", true, "ok"],
    ["smtp://keyturn:hidden@mail.example.com:587?requireTLS=true", true, "ok"],
    ["smtp://keyturn:hidden@mail.example.com:587", true, "warning"],
    ["smtp://keyturn:hidden@127.0.0.1:25", true, "ok"],
    ["smtp://keyturn:hidden@[::1]:25", true, "ok"],
    ["smtp://keyturn:hidden@localhost.example.com:25", true, "warning"],
  ] as const)("of %s, in production: %s, is %s, without a password", (smtpUrl, production, state) => {
    const finding = checkMail({ ...config, smtpUrl, production });
    expect(finding.state).toBe(state);
    expect(finding.message).not.toContain("hidden");
    expect(finding.message).toContain(smtpUrl === null ? "/data/mails" : smtpUrl.split(":")[0]);
  });
});

describe("the check of the data directory", () => {
  it("finds one that others can write, in production", async () => {
    const dataDirectory = await mkdtemp(join(tmpdir(), "keyturn-doctor-"));
    await chmod(dataDirectory, 0o777);
    expect(checkDirectory({ ...config, dataDirectory, production: false }).state).toBe("ok");
    expect(checkDirectory({ ...config, dataDirectory, production: true }).state).toBe("fault");
    await chmod(dataDirectory, 0o700);
    expect(checkDirectory({ ...config, dataDirectory, production: true }).state).toBe("ok");
    await rm(dataDirectory, { recursive: true });
  });
});
