import { drawToken } from "../../src/platform/bearer-token.js";
import { newId } from "../../src/platform/id.js";
import { insert } from "../../src/platform/sql.js";
import { OAuthAuthorizationEntity } from "../../src/rooms/oauth/authorization.entity.js";
import { AuthorizationRequestEntity } from "../../src/rooms/oauth/authorization-request.entity.js";
import { OAuthClientEntity } from "../../src/rooms/oauth/client.entity.js";
import { OAuthClientAccountEntity } from "../../src/rooms/oauth/client-account.entity.js";
import { OAuthGrantEntity } from "../../src/rooms/oauth/grant.entity.js";
import { OAuthTokenEntity } from "../../src/rooms/oauth/token.entity.js";
import type { Keyturn } from "./keyturn.js";
import type { Person } from "./people.js";

/** An application that a person allowed something, as rows say it: no page was shown, and no code was redeemed. */
export interface Authorized {
  /** The grant's id. */
  readonly id: string;
  readonly clientId: string;
  /** The access token that the application holds. */
  readonly token: string;
}

/** Lets a person allow an application of its own name something. */
export async function authorizeApplication(
  { app }: Keyturn,
  { id: accountId }: Pick<Person, "id">,
  { name = "Photo Printer", scopes = "account:read" }: { name?: string; scopes?: string } = {},
): Promise<Authorized> {
  const now = app.context.now();
  const [id, clientId, authorizationId] = [newId(now), newId(now), newId(now)];
  const [access, refresh] = [drawToken("kto_"), drawToken("ktr_")];
  const owned = { accountId, clientId, scopes, createdAt: now };
  const token = { ...owned, authorizationId, spent: false };
  await app.context.db.transaction(async (manager) => {
    await insert(manager, OAuthClientEntity, { ...CLIENT, id: clientId, name, scopes, createdAt: now });
    const grant = { id, accountId, clientId, scopes, authorizedAt: now, lastUsedAt: null };
    await insert(manager, OAuthGrantEntity, grant);
    await insert(manager, OAuthAuthorizationEntity, {
      ...{ ...AUTHORIZATION, ...owned, id: authorizationId, grantId: id },
      ...{ codeHash: drawToken("kta_").hash, codeExpiresAt: now + 60_000, authenticatedAt: now },
    });
    const hour = 3_600_000;
    await insert(manager, OAuthTokenEntity, {
      ...{ ...token, id: access.hash, kind: "access", expiresAt: now + hour },
    });
    await insert(manager, OAuthTokenEntity, {
      ...{ ...token, id: refresh.hash, kind: "refresh", expiresAt: now + 24 * hour },
    });
  });
  return { id, clientId, token: access.plain };
}

/** Lets an application ask a person something, in a browser of theirs. Returns the request's id. */
export async function askForAuthorization(
  { app }: Keyturn,
  { id: accountId }: Pick<Person, "id">,
  clientId: string,
): Promise<string> {
  const id = newId(app.context.now());
  const row = { id, clientId, accountId, browserHash: "another", request: "{}", closed: false };
  const expiresAt = app.context.now() + 300_000;
  await app.context.db.transaction((manager) =>
    insert(manager, AuthorizationRequestEntity, { ...row, expiresAt }),
  );
  return id;
}

/** Puts a person on the list of an application. */
export async function putOnList(
  { app }: Keyturn,
  { id: accountId }: Pick<Person, "id">,
  clientId: string,
): Promise<void> {
  const row = { clientId, accountId };
  await app.context.db.transaction((manager) => insert(manager, OAuthClientAccountEntity, row));
}

const REDIRECT_URI = "https://printer.example.com/back";

const CLIENT = {
  secretHash: null,
  redirectUris: REDIRECT_URI,
  grantTypes: "authorization_code refresh_token",
  access: "EVERYONE",
  serviceAccountId: null,
  idTokenAlgorithm: "RS256",
  enabled: true,
} as const;

const AUTHORIZATION = {
  redirectUri: REDIRECT_URI,
  codeChallenge: "none",
  nonce: null,
  assurance: "ONE_FACTOR",
  methods: "pwd",
  redeemed: true,
} as const;
