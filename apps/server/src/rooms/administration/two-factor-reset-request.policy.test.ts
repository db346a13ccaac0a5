import { describe, expect, it } from "vitest";
import { type Approver, mayApprove } from "./two-factor-reset-request.policy.js";

const now = 1_800_000_000_000;
const DAY = 86_400_000;
const request = { accountId: "owner", requestedBy: "requester", requestedAt: now - 1000 };
const account = { id: "approver", roleChangedAt: now - DAY, twoFactorEnabledAt: now };
const approver: Approver = { account, credential: "SESSION", assurance: "TWO_FACTOR" };
const withAccount = (facts: Partial<Approver["account"]>): Approver => ({
  ...approver,
  account: { ...account, ...facts },
});

describe("a reset that waits", () => {
  it.each<[string, boolean, Approver]>([
    ["an administrator of 24 hours with two factors", true, approver],
    ["one of a millisecond less", false, withAccount({ roleChangedAt: now - DAY + 1 })],
    ["who requested it", false, withAccount({ id: "requester" })],
    ["whose it is", false, withAccount({ id: "owner" })],
    ["one without a second factor", false, withAccount({ twoFactorEnabledAt: null })],
    ["a session that proved one factor", false, { ...approver, assurance: "ONE_FACTOR" }],
    ["an API token", false, { ...approver, credential: "API_TOKEN" }],
    ["an OAuth token", false, { ...approver, credential: "OAUTH_TOKEN" }],
    ["a password", false, { ...approver, credential: "PASSWORD" }],
  ])("may be approved by %s: %s", (_who, may, by) => {
    expect(mayApprove(by, request, now)).toBe(may);
  });

  it.each([
    [1, true],
    [0, false],
    [-1, false],
  ])(
    "may be approved by who became an administrator %i milliseconds before it was requested: %s",
    (before, may) => {
      const old = { ...request, requestedAt: now - 2 * DAY };
      const by = withAccount({ roleChangedAt: old.requestedAt - before });
      expect(mayApprove(by, old, now)).toBe(may);
    },
  );
});
