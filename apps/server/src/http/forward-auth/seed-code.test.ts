import { expect, test } from "vitest";
import { drawToken } from "../../platform/bearer-token.js";
import { Refusal, type RefusalCode } from "../../platform/problem.js";
import { readCredential } from "../credentials/read-credential.js";
import { seedCode, speaksSeed } from "./seed-code.js";

const NAME = "keyturn_session";
const encoded = Buffer.from("ann:password").toString("base64");

type Headers = Readonly<Record<string, string>>;

function codeFor(headers: Headers, code: RefusalCode): string {
  const values = Object.entries(headers).map(([name, value]) => [name, [value]] as const);
  return seedCode(readCredential(Object.fromEntries(values), NAME), new Refusal(code));
}

const BEARERS = ["kts_", "kt_", "kto_"] as const;
const [session, apiToken, oauthToken] = BEARERS.map((prefix) => drawToken(prefix).plain);

test.each<[string, Headers, RefusalCode, string]>([
  ["nothing", {}, "UNAUTHENTICATED", "CB_AU01"],
  ["a cookie that is dead", { cookie: `${NAME}=${session}` }, "INVALID_CREDENTIALS", "CB_AU01"],
  ["a session", { authorization: `Bearer ${session}` }, "INVALID_CREDENTIALS", "CB_AU01"],
  ["a session", { authorization: `Bearer ${session}` }, "STEP_UP_REQUIRED", "STEP_UP_REQUIRED"],
  ["a session", { authorization: `Bearer ${session}` }, "FORBIDDEN", "FORBIDDEN"],
  ["an unknown scheme", { authorization: "Digest x" }, "INVALID_CREDENTIALS", "CB_AU01"],
  ["a password", { "x-cybozu-authorization": encoded }, "INVALID_CREDENTIALS", "CB_WA01"],
  ["a password", { "x-cybozu-authorization": encoded }, "CREDENTIAL_NOT_ACCEPTED", "CB_WA01"],
  ["a password", { "x-cybozu-authorization": encoded }, "RATE_LIMITED", "CB_WA01"],
  ["a password", { authorization: `Basic ${encoded}` }, "INVALID_CREDENTIALS", "CB_WA01"],
  ["what is no password", { "x-cybozu-authorization": "!!!" }, "INVALID_CREDENTIALS", "CB_WA01"],
  ["what is no password", { authorization: "Basic !!!" }, "INVALID_CREDENTIALS", "CB_WA01"],
  ["an API token", { "x-cybozu-api-token": `${apiToken}` }, "INVALID_CREDENTIALS", "GAIA_IA02"],
  ["an API token", { authorization: `Bearer ${apiToken}` }, "FORBIDDEN", "GAIA_IA02"],
  ["what is no API token", { "x-cybozu-api-token": "abc" }, "INVALID_CREDENTIALS", "GAIA_IA02"],
  ["an OAuth token", { authorization: `Bearer ${oauthToken}` }, "INVALID_CREDENTIALS", "CB_OA01"],
  ["another bearer", { authorization: "Bearer abc" }, "INVALID_CREDENTIALS", "CB_OA01"],
  ["anything, of a fault", { "x-cybozu-authorization": encoded }, "UNAVAILABLE", "UNAVAILABLE"],
  ["anything, of a gateway's slip", {}, "BAD_USER_INPUT", "BAD_USER_INPUT"],
])("who sends %s (%j) and is told %s reads %s", (...[, headers, code, expected]) => {
  expect(codeFor(headers, code)).toBe(expected);
});

test("any header of the seed system asks for its codes, and no other does", () => {
  expect(speaksSeed({ "x-cybozu-request-token": ["x"] })).toBe(true);
  expect(speaksSeed({ "x-cybozu": ["x"], authorization: ["Basic x"], "x-requested-with": ["x"] })).toBe(
    false,
  );
});
