import { expect, it } from "vitest";
import { BUILT_IN_SCOPES, isReservedScope } from "./built-in-scopes.js";

it("reserves every built-in scope, and all names of account: and admin:", () => {
  for (const name of [...BUILT_IN_SCOPES, "account:delete", "admin:"])
    expect([name, isReservedScope(name)]).toEqual([name, true]);
});

it("leaves other names free", () => {
  for (const name of ["orders:read", "accounts:read", "administrator", "openid2"]) {
    expect([name, isReservedScope(name)]).toEqual([name, false]);
  }
});
