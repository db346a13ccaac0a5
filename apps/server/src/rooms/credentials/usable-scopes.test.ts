import fc from "fast-check";
import { expect, test } from "vitest";
import { usableScopes } from "./usable-scopes.js";

const SCOPES = ["openid", "account:read", "admin:read", "admin:write", "orders:read"];
const some = fc.subarray(SCOPES).map((scopes) => scopes.join(" "));

test("a token may do what it was granted, its client is registered for and its account's role gives", () => {
  const role = fc.constantFrom("USER" as const, "ADMINISTRATOR" as const);
  fc.assert(
    fc.property(some, fc.option(some), role, (granted, client, role) => {
      const expected = SCOPES.filter(
        (scope) =>
          granted.split(" ").includes(scope) &&
          (client === null || client.split(" ").includes(scope)) &&
          (role === "ADMINISTRATOR" || !scope.startsWith("admin:")),
      );
      expect(usableScopes({ granted, client, role })).toEqual(expected);
    }),
  );
});
