import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { newId } from "../src/platform/id.js";
import { insert } from "../src/platform/sql.js";
import { AccountEntity } from "../src/rooms/accounts/account.entity.js";
import { newAccount } from "../src/rooms/accounts/new-account.js";
import { judgeCredential } from "../src/rooms/credentials/credential.policy.js";
import { countPasswordCallersRefused } from "../src/rooms/credentials/password-callers.js";
import { ruleInForce, type SecurityPolicy } from "../src/rooms/policy/policy.policy.js";
import { loadPolicy } from "../src/rooms/policy/policy.repository.js";
import { countSessionsEnded } from "../src/rooms/sessions/count-sessions-ended.js";
import { endDeadSessions } from "../src/rooms/sessions/end-dead-sessions.js";
import { SessionEntity } from "../src/rooms/sessions/session.entity.js";
import { isSessionLive } from "../src/rooms/sessions/session.policy.js";
import { twoFactorState } from "../src/rooms/two-factor/two-factor.policy.js";
import { changeRows, readRows } from "./stage/counters.js";
import { describeOnBoth } from "./stage/databases.js";
import { type Keyturn, startKeyturn } from "./stage/keyturn.js";

type Drawn<Something> = Something extends fc.Arbitrary<infer Value> ? Value : never;
type Policies = Readonly<Record<"before" | "after", SecurityPolicy>>;

const NOW = 1_800_000_000_000;
const THIRTY_DAYS = 30 * 24 * 60 * 60_000;

const POLICY = fc.record({
  twoFactor: fc.constantFrom("FORBIDDEN", "OPTIONAL", "REQUIRED_FOR_ADMINISTRATORS", "REQUIRED"),
  twoFactorRequiredFrom: fc.option(fc.integer({ min: NOW - 2, max: NOW + 2 })),
  trialStartedOn: fc.constantFrom("2019-09-07", "2019-09-08"),
  sessionIdleSeconds: fc.integer({ min: 1, max: 3 }),
  sessionLifetimeSeconds: fc.integer({ min: 1, max: 4 }),
});
const LASTING = {
  twoFactorRequiredFrom: null,
  trialStartedOn: "2019-09-08",
  sessionIdleSeconds: 3,
  sessionLifetimeSeconds: 4,
} as const;
/** Times around which a session ends, each whole second with its neighbours. */
const PAST = fc
  .tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: -1, max: 1 }))
  .map(([seconds, beside]) => NOW - seconds * 1000 + beside);
const SESSION = fc.record({
  assurance: fc.constantFrom("ONE_FACTOR", "TWO_FACTOR"),
  createdAt: PAST,
  lastUsedAt: PAST,
});
const ACCOUNT = fc.record({
  kind: fc.constantFrom("PERSON", "GUEST", "SERVICE"),
  role: fc.constantFrom("USER", "ADMINISTRATOR"),
  suspendedAt: fc.option(fc.constant(NOW), { freq: 1 }),
  twoFactorEnabledAt: fc.option(fc.constant(NOW), { freq: 2 }),
  lastPasswordCallAt: fc.option(fc.constantFrom(NOW, NOW - THIRTY_DAYS + 1, NOW - THIRTY_DAYS)),
  sessions: fc.array(SESSION, { maxLength: 4 }),
});
const ACCOUNTS = fc.array(ACCOUNT, { minLength: 1, maxLength: 8 });

/** One whose session ends, and whose password is refused, once two-factor authentication is required. */
const COUNTED: [Drawn<typeof ACCOUNTS>, Drawn<typeof POLICY>, Drawn<typeof POLICY>] = [
  [
    {
      kind: "PERSON",
      role: "USER",
      suspendedAt: null,
      twoFactorEnabledAt: null,
      lastPasswordCallAt: NOW,
      sessions: [{ assurance: "ONE_FACTOR", createdAt: NOW, lastUsedAt: NOW }],
    },
  ],
  { ...LASTING, twoFactor: "OPTIONAL" },
  { ...LASTING, twoFactor: "REQUIRED" },
];

interface Stored {
  readonly account: AccountEntity;
  readonly sessions: readonly SessionEntity[];
}

describeOnBoth("what is counted in the database", (kind) => {
  const numRuns = kind === "sqlite" ? 200 : 50;
  let keyturn: Keyturn;
  let kept: SecurityPolicy;

  const store = async (drawn: Drawn<typeof ACCOUNTS>): Promise<readonly Stored[]> => {
    await changeRows(keyturn, "DELETE FROM accounts");
    const stored = drawn.map(toStored);
    await keyturn.app.context.db.transaction(async (manager) => {
      for (const { account, sessions } of stored) {
        await insert(manager, AccountEntity, account);
        for (const session of sessions) await insert(manager, SessionEntity, session);
      }
    });
    return stored;
  };
  /** Checks what is drawn, and first of all one case in which there is something to count. */
  const always = (check: (stored: readonly Stored[], policies: Policies) => Promise<void>): Promise<void> => {
    const property = fc.asyncProperty(ACCOUNTS, POLICY, POLICY, async (drawn, before, after) =>
      check(await store(drawn), { before: { ...kept, ...before }, after: { ...kept, ...after } }),
    );
    return fc.assert(property, { numRuns, examples: [COUNTED] });
  };

  beforeAll(async () => {
    keyturn = await startKeyturn(kind);
    kept = await loadPolicy(keyturn.app.context.db.read);
  });
  afterAll(() => keyturn.close());

  it("as sessions that a policy ends is what the policy on sessions says of each", async () => {
    let ended = 0;
    await always(async (stored, { before, after }) => {
      const expected = livingUnder(before, stored).filter((id) => !livingUnder(after, stored).includes(id));
      ended += expected.length;
      const { read } = keyturn.app.context.db;
      expect(await countSessionsEnded(read, { before, after, now: NOW })).toBe(expected.length);
    });
    expect(ended).toBeGreaterThan(0);
  });

  it("as passwords that a rule rules out is what the policy on credentials says of each", async () => {
    let refused = 0;
    await always(async (stored, policies) => {
      const [before, after] = [ruleInForce(policies.before, NOW), ruleInForce(policies.after, NOW)];
      const callers = stored.filter(
        ({ account: { lastPasswordCallAt, suspendedAt } }) =>
          suspendedAt === null && (lastPasswordCallAt ?? 0) > NOW - THIRTY_DAYS,
      );
      const expected = callers.filter(
        ({ account }) => isAccepted(account, before) && !isAccepted(account, after),
      );
      refused += expected.length;
      const { read } = keyturn.app.context.db;
      expect(await countPasswordCallersRefused(read, { before, after, now: NOW })).toBe(expected.length);
    });
    expect(refused).toBeGreaterThan(0);
  });

  it("as dead is what is deleted: the sessions that live are left, and no other", async () => {
    await always(async (stored, { after }) => {
      await keyturn.app.context.db.transaction((manager) => endDeadSessions(manager, after, NOW));
      const left = await readRows<{ id: string }>(keyturn, "SELECT id FROM sessions");
      expect(left.map(({ id }) => id).toSorted()).toEqual(livingUnder(after, stored).toSorted());
    });
  });
});

function toStored({ sessions, ...facts }: Drawn<typeof ACCOUNT>): Stored {
  const loginName = newId(NOW);
  const named = { loginName, displayName: loginName, emailAddress: null, locale: "en", passwordHash: null };
  const account = { ...newAccount({ ...named, ...facts }, NOW), ...facts };
  return { account, sessions: sessions.map((session) => toSession(account, session)) };
}

function toSession({ id: accountId }: AccountEntity, facts: Drawn<typeof SESSION>): SessionEntity {
  const id = newId(NOW);
  const made = { id, tokenHash: id, accountId, methods: "pwd", authenticatedAt: NOW };
  return { ...made, ...facts, ipAddress: null, userAgent: null, useCookie: false };
}

function livingUnder(policy: SecurityPolicy, stored: readonly Stored[]): string[] {
  return stored.flatMap(({ account, sessions }) =>
    sessions.filter((session) => isSessionLive(session, { account, policy }, NOW)).map(({ id }) => id),
  );
}

function isAccepted(account: AccountEntity, rule: ReturnType<typeof ruleInForce>): boolean {
  const { role, kind } = account;
  const facts = { role, kind, rule, twoFactor: twoFactorState(account) };
  return judgeCredential({ credential: "PASSWORD", ...facts }) === null;
}
