import OAuth2Server from "@node-oauth/oauth2-server";
import { readScopes } from "./authorization-request.js";
import { authenticateClient } from "./client-authentication.js";
import { signIdToken } from "./id-token.js";
import { ACCESS_TOKEN_LIFETIME, REFRESH_TOKEN_LIFETIME } from "./lifetimes.js";
import { json, type OAuthAnswer, type OAuthRequest, type Parameters } from "./messages.js";
import { createModel, type Issued, type TokenModel } from "./model.js";
import { answered, type Provider } from "./provider.js";
import { type OAuthErrorCode, OAuthRefusal, refusalAnswer, wrongMethod } from "./refusal.js";
import type { OAuthClient } from "./stores.js";
import type { TokenRequest } from "./token-request.js";

const { OAuthError, Request, Response, ServerError } = OAuth2Server;

const GRANTS = ["authorization_code", "refresh_token", "client_credentials"];

/** Answers `POST /oauth2/token` (RFC 6749, section 3.2): a code, a refresh token or a client for tokens. */
export async function token(provider: Provider, request: OAuthRequest): Promise<OAuthAnswer> {
  if (request.method !== "POST") return wrongMethod("POST");
  return await answered(provider, async () => {
    const { client, parameters } = await authenticateClient(provider, request);
    refuseGrant(client, parameters);
    // Whoever gets a fault asks again: what can fail fails before a code or a refresh token is spent.
    if (client.scopes.includes("openid")) await provider.keyring.signingKey(client.idTokenAlgorithm);
    const outcome = await exchange(provider, client, parameters);
    return outcome instanceof OAuthRefusal
      ? refusalAnswer(outcome)
      : await answerTokens(provider, client, outcome);
  });
}

function refuseGrant(client: OAuthClient, parameters: Parameters): void {
  const grant = parameters.get("grant_type");
  if (grant === undefined)
    throw new OAuthRefusal("invalid_request", `Send grant_type: ${GRANTS.join(", ")}.`);
  if (!GRANTS.includes(grant))
    throw new OAuthRefusal("unsupported_grant_type", `Possible grant types: ${GRANTS.join(", ")}.`);
  if (!client.grantTypes.some((registered) => registered === grant))
    throw new OAuthRefusal(
      "unauthorized_client",
      `The client is registered for: ${client.grantTypes.join(", ")}.`,
    );
}

/** A refusal commits what it changed, a burnt code or an ended family; a fault rolls back. */
async function exchange(
  provider: Provider,
  client: OAuthClient,
  parameters: Parameters,
): Promise<Issued | OAuthRefusal> {
  const isMachine = parameters.get("grant_type") === "client_credentials";
  const service = isMachine ? await findService(provider, client, parameters) : null;
  return await provider.stores.transaction(async (statements) => {
    const model = createModel({ provider, statements, client, parameters, service });
    try {
      await askLibrary(model, client, parameters);
    } catch (error) {
      if (error instanceof OAuthError && !(error instanceof ServerError)) return await refused(model, error);
      throw faultOf(error);
    }
    const issued = model.issued();
    if (issued === null) throw new Error("the library answered without a token");
    return issued;
  });
}

/** The library wraps what failed within; the stores see by the fault itself whether it is worth another try. */
function faultOf(error: unknown): unknown {
  const { inner } = error as { readonly inner?: unknown };
  return error instanceof ServerError && inner instanceof Error ? inner : error;
}

/** A machine has no person to speak of: it gets no ID token, no userinfo and no refresh token. */
const OF_PERSONS = ["openid", "profile", "email", "offline_access"];

async function findService(
  provider: Provider,
  client: OAuthClient,
  parameters: Parameters,
): Promise<TokenRequest["service"]> {
  const { stores } = provider;
  const scopes = readScopes(provider, client, parameters);
  if (parameters.has("scope") && scopes.some((scope) => OF_PERSONS.includes(scope)))
    throw new OAuthRefusal("invalid_scope", "openid, profile, email and offline_access are for persons.");
  const given = await stores.findServiceScopes(client);
  const id = client.serviceAccountId;
  if (given === null || id === null) return null;
  const missing = scopes.find((scope) => !given.includes(scope));
  if (parameters.has("scope") && missing !== undefined)
    throw new OAuthRefusal("invalid_scope", "The service account has not all of these rights to give.");
  return { id, scopes: scopes.filter((scope) => given.includes(scope) && !OF_PERSONS.includes(scope)) };
}

/** A refusal after a code was burnt leaves nothing that could still lead to tokens. */
async function refused(model: TokenModel, error: InstanceType<typeof OAuthError>): Promise<OAuthRefusal> {
  await model.abandon();
  return new OAuthRefusal(error.name as OAuthErrorCode, error.message);
}

/** The library is handed a form of a client that is known already: it does not decode Basic (RFC 6749, section 2.3.1). */
async function askLibrary(model: TokenModel, client: OAuthClient, parameters: Parameters): Promise<void> {
  const server = new OAuth2Server({
    model,
    accessTokenLifetime: ACCESS_TOKEN_LIFETIME / 1000,
    refreshTokenLifetime: REFRESH_TOKEN_LIFETIME / 1000,
    requireClientAuthentication: {
      authorization_code: false,
      refresh_token: false,
      client_credentials: false,
    },
  });
  const { client_secret: _, ...form } = Object.fromEntries(parameters);
  const request = new Request({
    method: "POST",
    query: {},
    // It takes a body for absent without a length.
    headers: { "content-type": "application/x-www-form-urlencoded", "content-length": "1" },
    body: { ...form, client_id: client.id },
  });
  await server.token(request, new Response());
}

/** RFC 6749, section 5.1; with an ID token where `openid` was granted (OpenID Connect Core, sections 3.1.3.3 and 12.2). */
async function answerTokens(provider: Provider, client: OAuthClient, issued: Issued): Promise<OAuthAnswer> {
  const { accessToken, refreshToken, scopes, authorization } = issued;
  const withIdToken = authorization !== null && scopes.includes("openid");
  return json(200, {
    access_token: accessToken,
    token_type: "Bearer",
    expires_in: ACCESS_TOKEN_LIFETIME / 1000,
    scope: scopes.join(" "),
    ...(refreshToken === null ? {} : { refresh_token: refreshToken }),
    ...(withIdToken
      ? {
          id_token: await signIdToken(provider.keyring, client.idTokenAlgorithm, {
            ...{ issuer: provider.issuer, clientId: client.id, subject: issued.subject, accessToken },
            ...{ authentication: authorization.authentication, now: provider.now() },
            nonce: issued.isFirst ? authorization.nonce : null,
          }),
        }
      : {}),
  });
}
