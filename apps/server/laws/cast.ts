import type { EntityManager } from "typeorm";
import { basic, bearer } from "../journeys/stage/client.js";
import type { Keyturn } from "../journeys/stage/keyturn.js";
import { drawToken } from "../src/platform/bearer-token.js";
import { newId } from "../src/platform/id.js";
import type { PasswordHash } from "../src/platform/password-hash.js";
import { sql } from "../src/platform/sql.js";
import { AccountEntity } from "../src/rooms/accounts/account.entity.js";
import { newAccount } from "../src/rooms/accounts/new-account.js";
import { ApiTokenEntity } from "../src/rooms/api-tokens/api-token.entity.js";
import { OAuthAuthorizationEntity } from "../src/rooms/oauth/authorization.entity.js";
import { OAuthClientEntity } from "../src/rooms/oauth/client.entity.js";
import { OAuthGrantEntity } from "../src/rooms/oauth/grant.entity.js";
import { OAuthTokenEntity } from "../src/rooms/oauth/token.entity.js";
import { LoginChallengeEntity } from "../src/rooms/sessions/login-challenge.entity.js";
import { SessionEntity } from "../src/rooms/sessions/session.entity.js";
import { AuthenticatorEntity } from "../src/rooms/two-factor/totp/authenticator.entity.js";
import { TOTP_SECRET } from "../src/rooms/two-factor/totp/check-verification-code.js";
import { type Case, type Standing, scopesOf } from "./expected-answer.js";
import { ANOTHERS_ID } from "./inputs.js";

const PASSWORD = "quiet-harbor-lantern-7";
/** What stands in for `maxAge` where an operation has none, in seconds. */
const ANY_AGE = 3600;

/** A case with the headers of its credential. */
export interface CastCase extends Case {
  readonly headers: Record<string, string>;
}

/** Sets the organization's rule, at once, and makes the account that is nobody's own. */
export async function setTheStage({ app }: Keyturn, rule: Standing["rule"]): Promise<void> {
  const named = { loginName: "another", displayName: "Another", emailAddress: null, locale: "en" };
  const another = newAccount(
    { ...named, kind: "PERSON", role: "USER", passwordHash: null },
    app.context.now(),
  );
  await app.context.db.transaction(async (manager) => {
    await sql(manager, "UPDATE security_policy SET two_factor = $1", [rule]);
    await manager.insert(AccountEntity, { ...another, id: ANOTHERS_ID });
  });
}

/**
 * Gives each case an account of its own, so that none disturbs another, and its credential.
 *
 * They are written as rows: what no flow makes (a session of one factor beside a confirmed authenticator) is among them.
 */
export async function cast({ app }: Keyturn, cases: readonly Case[]): Promise<CastCase[]> {
  const now = app.context.now();
  const passwordHash = await app.context.hasher.hash(PASSWORD);
  const rows = new Map<new () => object, object[]>(TABLES.map((entity) => [entity, []]));
  const keep: Keep = (entity, row) => rows.get(entity)?.push(row);
  const seal = (accountId: string) =>
    app.context.vault.seal({ purpose: TOTP_SECRET, accountId }, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP");
  const made = cases.map((each) => {
    const account = accountOf(each, { passwordHash, now });
    keep(AccountEntity, account);
    if (each.standing.enrolled)
      keep(AuthenticatorEntity, { ...authenticatorOf(account, now), sealedSecret: seal(account.id) });
    return { ...each, headers: credentialOf(each, { account, now, keep }) };
  });
  await app.context.db.transaction(async (manager) => {
    for (const [entity, all] of rows) await insertAll(manager, entity, all);
  });
  return made;
}

/** In the order in which one leans on another. */
const TABLES = [
  ...[AccountEntity, AuthenticatorEntity, SessionEntity, ApiTokenEntity, LoginChallengeEntity],
  ...[OAuthClientEntity, OAuthGrantEntity, OAuthAuthorizationEntity, OAuthTokenEntity],
];

/** A few rows a statement: TypeORM's own inserts, and SQLite with a thousand named parameters, take far longer. */
async function insertAll(manager: EntityManager, entity: new () => object, rows: object[]): Promise<void> {
  const { tableName, columns } = manager.dataSource.getMetadata(entity);
  const names = columns.map(({ databaseName }) => databaseName).join(", ");
  for (let start = 0; start < rows.length; start += 8) {
    const some = rows.slice(start, start + 8);
    const values = some.flatMap((row) => columns.map(({ propertyName }) => Reflect.get(row, propertyName)));
    const place = (row: number, column: number): string => `$${row * columns.length + column + 1}`;
    const places = some.map((_, row) => `(${columns.map((_, column) => place(row, column)).join(", ")})`);
    await sql(manager, `INSERT INTO ${tableName} (${names}) VALUES ${places.join(", ")}`, values);
  }
}

type Keep = <Row extends object>(entity: new () => Row, row: Omit<Row, "account">) => void;

interface Owner {
  readonly account: AccountEntity;
  readonly now: number;
  readonly keep: Keep;
}

function accountOf(
  { standing }: Case,
  { passwordHash, now }: { passwordHash: PasswordHash; now: number },
): AccountEntity {
  const name = newId(now);
  const named = { loginName: name, displayName: name, emailAddress: null, locale: "en" };
  const account = newAccount({ ...named, kind: "PERSON", role: standing.role, passwordHash }, now);
  return { ...account, twoFactorEnabledAt: standing.enrolled ? now : null };
}

function authenticatorOf({ id: accountId }: AccountEntity, now: number) {
  const unused = { lastUsedAt: null, lastUsedStep: 0 };
  return { id: newId(now), accountId, name: "Telephone", createdAt: now, ...unused };
}

/** The headers of a case's credential; what must be kept for it is. */
function credentialOf(each: Case, owner: Owner): Record<string, string> {
  const { kind } = each.credential;
  switch (kind) {
    case "NONE":
      return {};
    case "PASSWORD":
      return basic(owner.account.loginName, PASSWORD);
    case "SESSION":
      return sessionOf(each, owner);
    case "API_TOKEN":
      return apiTokenOf(each, owner);
    case "OAUTH_TOKEN":
      return oauthTokenOf(each, owner);
    case "CHALLENGE":
      return challengeOf(owner);
  }
}

function sessionOf({ credential, subject }: Case, { account, now, keep }: Owner): Record<string, string> {
  const { plain, hash } = drawToken("kts_");
  const { assurance = "ONE_FACTOR", by, proven } = credential;
  const maxAge = subject.operation.access.maxAge ?? ANY_AGE;
  const provenAt = now - (proven === "long ago" ? maxAge + 1 : maxAge - 1) * 1000;
  keep(SessionEntity, {
    ...{ id: newId(now), tokenHash: hash, accountId: account.id, useCookie: by === "cookie", assurance },
    ...{ methods: assurance === "ONE_FACTOR" ? "pwd" : "pwd otp mfa", ipAddress: null, userAgent: null },
    ...{ authenticatedAt: provenAt, createdAt: provenAt, lastUsedAt: now },
  });
  return by === "cookie" ? { cookie: `keyturn_session_4000=${plain}` } : bearer(plain);
}

function apiTokenOf(each: Case, { account, now, keep }: Owner): Record<string, string> {
  const { plain, hash } = drawToken("kt_");
  keep(ApiTokenEntity, {
    ...{ id: newId(now), tokenHash: hash, accountId: account.id, name: "script", prefix: plain.slice(0, 10) },
    ...{ scopes: scopesOf(each).join(" "), assurance: "ONE_FACTOR" },
    ...{ createdAt: now, lastUsedAt: now, expiresAt: null },
  });
  return bearer(plain);
}

/** The token of an application that the owner allowed; without scopes one that was never issued. */
function oauthTokenOf(each: Case, { account, now, keep }: Owner): Record<string, string> {
  const { plain, hash } = drawToken("kto_");
  if (each.credential.scope === undefined) return bearer(plain);
  const [clientId, grantId, authorizationId] = [newId(now), newId(now), newId(now)];
  const scopes = scopesOf(each).join(" ");
  const owned = { clientId, accountId: account.id, scopes, createdAt: now };
  keep(OAuthClientEntity, {
    ...{
      id: clientId,
      name: "Application",
      secretHash: null,
      redirectUris: "https://a/",
      scopes,
      createdAt: now,
    },
    ...{ grantTypes: "authorization_code", access: "EVERYONE", serviceAccountId: null },
    ...{ idTokenAlgorithm: "ES256", enabled: true },
  });
  keep(OAuthGrantEntity, {
    ...{ id: grantId, accountId: account.id, clientId, scopes, authorizedAt: now, lastUsedAt: now },
  });
  keep(OAuthAuthorizationEntity, {
    ...{
      ...owned,
      id: authorizationId,
      grantId,
      redirectUri: "https://a/",
      codeChallenge: "none",
      nonce: null,
    },
    ...{ assurance: "ONE_FACTOR", methods: "pwd", authenticatedAt: now, redeemed: true },
    ...{ codeHash: hash, codeExpiresAt: now },
  });
  keep(OAuthTokenEntity, {
    ...{ ...owned, id: hash, kind: "access", authorizationId, expiresAt: now + 3_600_000, spent: false },
  });
  return bearer(plain);
}

/** A login whose password was right, and no more than that. */
function challengeOf({ account, now, keep }: Owner): Record<string, string> {
  const { plain, hash } = drawToken("ktc_");
  keep(LoginChallengeEntity, {
    ...{ id: newId(now), tokenHash: hash, accountId: account.id, accountStamp: account.stamp },
    ...{ policyVersion: 1, useCookie: false, wrongCodes: 0, sealedSecret: null, expiresAt: now + 300_000 },
  });
  return bearer(plain);
}
