import { expect, test } from "vitest";
import { cookieName } from "./cookie-name.js";

test.each([
  ["https://id.example.com", "__Host-keyturn_session"],
  ["https://id.example.com:443", "__Host-keyturn_session"],
  ["https://id.example.com:8443", "__Host-keyturn_session_8443"],
  ["http://localhost", "keyturn_session"],
  ["http://localhost:4000", "keyturn_session_4000"],
  ["http://[::1]:4001", "keyturn_session_4001"],
])("at %s the session's cookie is %s", (address, name) => {
  expect(cookieName(new URL(address), "session")).toBe(name);
  expect(cookieName(new URL(address), "form")).toBe(name.replace("session", "form"));
});
