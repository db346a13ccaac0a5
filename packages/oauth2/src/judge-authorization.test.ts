import { describe, expect, test } from "vitest";
import type { AuthorizationRequest } from "./authorization-request.js";
import { judgeAuthorization, type Person } from "./judge-authorization.js";

const NOW = Date.UTC(2026, 0, 1);
const MINUTE = 60_000;

const asked: AuthorizationRequest = {
  ...{ clientId: "shop", redirectUri: "https://app.example.com/", state: null, scopes: ["orders:read"] },
  ...{ codeChallenge: "x".repeat(43), nonce: null, prompt: [], maxAge: null, twoFactor: false },
  ...{ id: "a request", loginHint: null, subject: null, createdAt: NOW, expiresAt: NOW + MINUTE },
};

const person: Person = {
  authentication: { at: NOW - 10 * MINUTE, methods: ["pwd", "otp"], twoFactor: true },
  ...{ subject: "ann", hasSecondFactor: true, mayUse: true, rememberedScopes: null },
};

const oneFactor = { at: NOW - 10 * MINUTE, methods: ["pwd"], twoFactor: false };
const remembered = { rememberedScopes: ["orders:read", "openid"] };
const justNow = { authentication: { ...person.authentication, at: NOW } };

type Case = readonly [string, Partial<AuthorizationRequest>, Partial<Person> | null, string, string | null];

const cases: readonly Case[] = [
  ["nobody is there", {}, null, "login", "login_required"],
  ["nothing is remembered", {}, {}, "consent", "consent_required"],
  ["it was allowed before", {}, remembered, "grant", null],
  ["a new scope is asked for", { scopes: ["orders:write"] }, remembered, "consent", "consent_required"],
  ["the account may not use the client", {}, { ...remembered, mayUse: false }, "refuse", "access_denied"],
  ["the hint names the person", { subject: "ann" }, remembered, "grant", null],
  ["the hint names another", { subject: "bob" }, remembered, "refuse", "login_required"],
  ["the proof is within max_age", { maxAge: 600 }, remembered, "grant", null],
  ["the proof is older than max_age", { maxAge: 599 }, remembered, "prove-again", "login_required"],
  ["max_age is none, and the proof is old", { maxAge: 0 }, remembered, "prove-again", "login_required"],
  ["max_age is none, and the proof came since", { maxAge: 0 }, { ...remembered, ...justNow }, "grant", null],
  ["a second factor is asked for and was proven", { twoFactor: true }, remembered, "grant", null],
  [
    "a second factor is asked for and was not proven",
    { twoFactor: true },
    { ...remembered, authentication: oneFactor },
    "prove-again",
    "login_required",
  ],
  [
    "a second factor is asked for and there is none",
    { twoFactor: true },
    { ...remembered, authentication: oneFactor, hasSecondFactor: false },
    "set-up-second-factor",
    "unmet_authentication_requirements",
  ],
];

describe("what comes next where", () => {
  test.each(cases)("%s", (...[, request, someone, next]) => {
    const step = judgeAuthorization({ ...asked, ...request }, someone && { ...person, ...someone }, NOW);
    expect(step.next).toBe(next);
  });

  test.each(cases)("%s, and the client forbids to ask", (...[, request, someone, , error]) => {
    const silent: AuthorizationRequest = { ...asked, ...request, prompt: ["none"] };
    const step = judgeAuthorization(silent, someone && { ...person, ...someone }, NOW);
    expect(step).toMatchObject(error === null ? { next: "grant" } : { next: "refuse", error });
  });

  test.each([
    ["login", {}, "prove-again"],
    ["login", justNow, "grant"],
    ["select_account", {}, "prove-again"],
    ["consent", {}, "consent"],
  ] as const)("the client asks for %s", (prompt, someone, next) => {
    const step = judgeAuthorization(
      { ...asked, prompt: [prompt] },
      { ...person, ...remembered, ...someone },
      NOW,
    );
    expect(step.next).toBe(next);
  });
});
