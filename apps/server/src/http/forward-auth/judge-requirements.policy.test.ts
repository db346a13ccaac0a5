import { describe, expect, it, test } from "vitest";
import type { Viewer } from "../../rooms/credentials/viewer.js";
import { judgeRequirements } from "./judge-requirements.policy.js";
import type { Requirements } from "./requirements.policy.js";

const NOW = 1_800_000_000_000;
const NOTHING: Requirements = { scopes: [], role: null, assurance: null, maxAge: null };

interface Someone {
  readonly credential: Viewer["credential"];
  readonly role?: "USER" | "ADMINISTRATOR";
  readonly kind?: "PERSON" | "GUEST" | "SERVICE";
  readonly enrolled?: boolean;
  readonly assurance?: Viewer["assurance"];
  readonly scopes?: readonly string[];
  readonly age?: number;
}

/** Only what judging reads: the rest of a viewer is a row of the database. */
function viewer(someone: Someone): Viewer {
  const { credential, role = "USER", kind = "PERSON", enrolled = false } = someone;
  const account = { id: "1", role, kind, twoFactorEnabledAt: enrolled ? 1 : null };
  return {
    ...{ account, policy: { twoFactor: "OPTIONAL", twoFactorRequiredFrom: null } },
    ...{ credential, assurance: someone.assurance ?? "ONE_FACTOR", scopes: someone.scopes ?? null },
    methods: credential === "API_TOKEN" || kind === "SERVICE" ? [] : ["pwd"],
    authenticatedAt: NOW - (someone.age ?? 0) * 1000,
  } as unknown as Viewer;
}

function judge(required: Partial<Requirements>, someone: Someone | null): string {
  const refusal = judgeRequirements(
    { ...NOTHING, ...required },
    someone === null ? null : viewer(someone),
    NOW,
  );
  return refusal === null ? "passes" : refusal.code;
}

const EVERY = ["PASSWORD", "SESSION", "API_TOKEN", "OAUTH_TOKEN"] as const;
const TOKENS = ["API_TOKEN", "OAUTH_TOKEN"] as const;

test("without a requirement every good credential passes, and nobody without one", () => {
  for (const credential of EVERY) expect(judge({}, { credential, scopes: [] })).toBe("passes");
  expect(judge({}, null)).toBe("UNAUTHENTICATED");
  expect(judge({ scopes: ["a"], role: "administrator", maxAge: 1 }, null)).toBe("UNAUTHENTICATED");
});

describe("a scope", () => {
  it("is asked of tokens, each of those that are required", () => {
    for (const credential of TOKENS) {
      expect(judge({ scopes: ["a", "b"] }, { credential, scopes: ["b", "c", "a"] })).toBe("passes");
      expect(judge({ scopes: ["a", "b"] }, { credential, scopes: ["a"] })).toBe("FORBIDDEN");
      expect(judge({ scopes: ["a"] }, { credential, scopes: [] })).toBe("FORBIDDEN");
      expect(judge({ scopes: ["a"] }, { credential, scopes: ["ab"] })).toBe("FORBIDDEN");
    }
  });

  it("is not asked of a password or a session, which may do all that the account may", () => {
    for (const credential of ["PASSWORD", "SESSION"] as const)
      expect(judge({ scopes: ["a"] }, { credential })).toBe("passes");
  });
});

test("the role is asked of every credential", () => {
  for (const credential of EVERY) {
    expect(judge({ role: "administrator" }, { credential, role: "USER" })).toBe("FORBIDDEN");
    expect(judge({ role: "administrator" }, { credential, role: "ADMINISTRATOR" })).toBe("passes");
  }
});

describe("two factors", () => {
  const required = { assurance: "two_factor" } as const;

  it("are proven by what was made behind both", () => {
    for (const credential of ["SESSION", "API_TOKEN", "OAUTH_TOKEN"] as const)
      expect(judge(required, { credential, assurance: "TWO_FACTOR", enrolled: true })).toBe("passes");
  });

  it.each<[Someone, string]>([
    [{ credential: "SESSION" }, "STEP_UP_REQUIRED"],
    [{ credential: "SESSION", enrolled: true }, "STEP_UP_REQUIRED"],
    [{ credential: "OAUTH_TOKEN" }, "STEP_UP_REQUIRED"],
    [{ credential: "API_TOKEN" }, "FORBIDDEN"],
    [{ credential: "PASSWORD" }, "FORBIDDEN"],
    [{ credential: "SESSION", kind: "GUEST" }, "FORBIDDEN"],
    [{ credential: "OAUTH_TOKEN", kind: "SERVICE" }, "FORBIDDEN"],
  ])(
    "that %j lacks are asked for where a new proof can help, and refused where none can",
    (who, expected) => {
      expect(judge(required, who)).toBe(expected);
    },
  );

  it("are asked of an account that has no second factor by telling it to enroll", () => {
    const refusal = judgeRequirements({ ...NOTHING, ...required }, viewer({ credential: "SESSION" }), NOW);
    expect(refusal?.details).toMatchObject({ reason: "enrollFirst", methods: ["PASSWORD"] });
    const enrolled = viewer({ credential: "SESSION", enrolled: true });
    expect(judgeRequirements({ ...NOTHING, ...required }, enrolled, NOW)?.details).toEqual({
      methods: ["PASSWORD", "TOTP", "RECOVERY_CODE"],
      acrValues: "urn:keyturn:two-factor",
      maxAge: null,
    });
  });
});

describe("a recent proof", () => {
  it.each<[Someone, string]>([
    [{ credential: "SESSION", age: 900 }, "passes"],
    [{ credential: "SESSION", age: 901 }, "STEP_UP_REQUIRED"],
    [{ credential: "SESSION", age: 1, enrolled: true }, "STEP_UP_REQUIRED"],
    [{ credential: "SESSION", age: 900, enrolled: true, assurance: "TWO_FACTOR" }, "passes"],
    [{ credential: "SESSION", age: 901, kind: "GUEST" }, "STEP_UP_REQUIRED"],
    [{ credential: "OAUTH_TOKEN", age: 900 }, "passes"],
    [{ credential: "OAUTH_TOKEN", age: 901 }, "STEP_UP_REQUIRED"],
    [{ credential: "OAUTH_TOKEN", age: 0, kind: "SERVICE" }, "FORBIDDEN"],
    [{ credential: "OAUTH_TOKEN", age: 901, kind: "SERVICE" }, "FORBIDDEN"],
    [{ credential: "PASSWORD", age: 0 }, "passes"],
    [{ credential: "API_TOKEN", age: 0, assurance: "TWO_FACTOR" }, "FORBIDDEN"],
    [{ credential: "API_TOKEN", age: 901 }, "FORBIDDEN"],
  ])("within 900 seconds: %j %s", (who, expected) => {
    expect(judge({ maxAge: 900 }, who)).toBe(expected);
  });
});

test("what no proof can mend is told before a proof is asked for", () => {
  const old = { credential: "SESSION", age: 5000 } as const;
  expect(judge({ role: "administrator", maxAge: 60 }, old)).toBe("FORBIDDEN");
  expect(judge({ scopes: ["a"], maxAge: 60 }, { ...old, credential: "OAUTH_TOKEN", scopes: [] })).toBe(
    "FORBIDDEN",
  );
});
