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

test.each(["com.example.app:/callback", "com.example.app:/", "app.example-2.x1:/a/b?tenant=a"])(
  "%s can be registered for a public client, and for no other",
  (uri) => {
    expect(judgeRedirectUri(uri, { isPublic: true })).toBeNull();
    expect(judgeRedirectUri(uri)).toBe("scheme");
    expect(isRegistered(uri, [uri])).toBe(true);
    expect(isRegistered(`${uri}x`, [uri])).toBe(false);
  },
);

test.each([
  ["myapp:/callback", "scheme"],
  ["javascript:/callback", "scheme"],
  ["com.example.app://callback", "scheme"],
  ["com.example.app:callback", "scheme"],
  ["com..app:/callback", "scheme"],
  ["Com.Example.App:/callback", "scheme"],
  ["com.example.app:/#x", "fragment"],
  ["com.example.app:/*", "wildcard"],
  ["com.example.app:/?code=x", "answer-parameter"],
])("%j cannot for a public client either, for it is %s", (uri, fault) => {
  expect(judgeRedirectUri(uri, { isPublic: true })).toBe(fault);
});

test.each(["code", "state", "iss", "error", "c%6fde"])(
  "an address whose query holds %s cannot: an answer's own could be taken for it",
  (name) => {
    expect(judgeRedirectUri(`https://app.example.com/?tenant=a&${name}=x`)).toBe("answer-parameter");
    expect(judgeRedirectUri(`https://app.example.com/?${name}`)).toBe("answer-parameter");
    expect(judgeRedirectUri(`https://app.example.com/?x${name}=x`)).toBeNull();
  },
);

test("an address of more than 2,048 characters cannot", () => {
  const address = "https://app.example.com/".padEnd(2048, "x");
  expect([judgeRedirectUri(address), judgeRedirectUri(`${address}x`)]).toEqual([null, "too-long"]);
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
