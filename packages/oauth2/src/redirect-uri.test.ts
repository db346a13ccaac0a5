import { expect, test } from "vitest";
import { isRegistered, judgeRedirectUri } from "./redirect-uri.js";

test.each([
  "https://app.example.com/callback",
  "https://app.example.com",
  "https://app.example.com:8443/callback?tenant=a",
  "http://127.0.0.1/callback",
  "http://127.0.0.1:8080/callback",
  "http://[::1]/callback",
  "http://localhost:3000/callback",
])("%s can be registered", (uri) => {
  expect(judgeRedirectUri(uri)).toBeNull();
});

test.each([
  ["javascript:alert(1)", "scheme"],
  ["data:text/html,x", "scheme"],
  ["com.example.app:/callback", "scheme"],
  ["http://app.example.com/callback", "plain-http"],
  ["http://127.0.0.2/callback", "plain-http"],
  ["http://127.0.0.1.example.com/callback", "plain-http"],
  ["http://localhost.example.com/callback", "plain-http"],
  ["https://app.example.com/#fragment", "fragment"],
  ["https://app.example.com/#", "fragment"],
  ["https://ann:secret@app.example.com/", "user-info"],
  ["https://@app.example.com/", "user-info"],
  ["https://*.example.com/", "wildcard"],
  ["https://app.example.com/*", "wildcard"],
  ["/callback", "not-absolute"],
  ["//app.example.com/callback", "not-absolute"],
  ["https:app.example.com", "not-absolute"],
  ["https:/\\app.example.com", "not-absolute"],
  ["https://app.example.com/a b", "not-absolute"],
  ["https://app.example.com/\n", "not-absolute"],
  [" https://app.example.com/", "not-absolute"],
  ["https://app.example.com\\@evil.example.com/", "not-absolute"],
  ["https://", "not-absolute"],
  ["https://app.example.com;sandbox/", "not-absolute"],
  ["https://app.example.com,evil.example.com/", "not-absolute"],
  ["https://'none'/", "not-absolute"],
  ["https://app$&.example.com/", "not-absolute"],
  ["", "not-absolute"],
])("%j cannot, for it is %s", (uri, fault) => {
  expect(judgeRedirectUri(uri)).toBe(fault);
});

test.each([
  ["http://127.0.0.1/callback", "http://127.0.0.1:51004/callback"],
  ["http://127.0.0.1:80/callback?a=b", "http://127.0.0.1:51004/callback?a=b"],
  ["http://[::1]:1/callback", "http://[::1]/callback"],
])("%s is met by %s: a native application knows no port before", (registered, asked) => {
  expect(isRegistered(asked, [registered])).toBe(true);
});

test.each([
  ["https://app.example.com/callback", "https://app.example.com/callback/"],
  ["https://app.example.com/callback", "https://APP.example.com/callback"],
  ["https://app.example.com/callback", "https://app.example.com:443/callback"],
  ["https://app.example.com/callback", "https://app.example.com/x/../callback"],
  ["http://localhost:3000/callback", "http://localhost:3001/callback"],
  ["http://127.0.0.1/callback", "http://127.0.0.1:51004/other"],
  ["http://127.0.0.1/callback", "http://127.0.0.1:51004@evil.example.com/callback"],
  ["http://127.0.0.1/callback", "http://127.0.0.1:99999/callback"],
  ["http://127.0.0.1/callback", "http://[::1]:51004/callback"],
  ["http://127.0.0.1/callback", "http://127.0.0.1:51004/callback#x"],
])("%s is not met by %s", (registered, asked) => {
  expect(isRegistered(asked, [registered])).toBe(false);
});
