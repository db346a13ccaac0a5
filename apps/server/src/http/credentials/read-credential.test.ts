import { expect, it, test } from "vitest";
import { drawToken } from "../../platform/bearer-token.js";
import { readCredential } from "./read-credential.js";

const NAME = "keyturn_session";
const session = drawToken("kts_").plain;

it("takes a session's cookie that comes once, beside others", () => {
  const cookie = [`theme=dark; ${NAME}=${session}`];
  expect(readCredential({ cookie }, NAME)).toMatchObject({ type: "SESSION", carrier: "cookie" });
});

it("takes no session's cookie out of a header that comes twice", () => {
  const cookie = [`${NAME}=${session}`, `${NAME}=${drawToken("kts_").plain}`];
  expect(readCredential({ cookie }, NAME)).toEqual({ type: "malformed", carrier: "cookie" });
});

test.each(["Basic", "basic", "Basic\tYTpi", "Basic YTpi YTpi", "Basic !!!", "Basic YTpi,YTpi"])(
  "%j is malformed, and Basic all the same",
  (authorization) => {
    const read = readCredential({ authorization: [authorization] }, NAME);
    expect(read).toEqual({ type: "malformed", carrier: "Basic" });
  },
);

test.each(["", "Basics YTpi", "Digest x", "Negotiate"])("%j has no scheme that is known", (authorization) => {
  const read = readCredential({ authorization: [authorization] }, NAME);
  expect(read).toEqual({ type: "malformed", carrier: "unknown" });
});
