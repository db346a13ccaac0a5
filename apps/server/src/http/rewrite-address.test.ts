import { expect, test } from "vitest";
import { rewriteAddress } from "./rewrite-address.js";

test.each([
  ["/", "/"],
  ["/login?next=%2Faccount", "/login?next=%2Faccount"],
  ["/login?variables=&a", "/login?variables=&a"],
  ["/graphql?query={a}&operationName=&variables=&extensions=", "/graphql?query={a}"],
  ["/graphql?operationName=A&query={a}", "/graphql?operationName=A&query={a}"],
  ["/graphql?a=b?c&variables=", "/graphql?a=b?c"],
  ["/forward-auth/orders/%zz?scope=a", "/forward-auth/?scope=a"],
  [`/forward-auth/${"%25".repeat(3000)}?scope=a`, "/forward-auth/?scope=a"],
  [`/${"%25".repeat(3000)}`, "/longer-than-any"],
  [`/login${"/".repeat(1000)}?a=b`, "/longer-than-any?a=b"],
  [`/oauth2/authorize?state=${"a".repeat(5000)}`, `/oauth2/authorize?state=${"a".repeat(5000)}`],
])("%s is read as %s", (url, expected) => {
  expect(rewriteAddress({ url })).toBe(expected);
});
