import { randomUUID } from "node:crypto";
import type { AuthorizationRequest } from "./authorization-request.js";
import {
  type Allowed,
  type AuthorizationAnswer,
  type AuthorizationOutcome,
  grantAuthorization,
  readAuthorization,
  refuseAuthorization,
} from "./authorize.js";
import { type EndSessionRequest, readEndSession } from "./end-session.js";
import { introspect } from "./introspect.js";
import { type OAuthAnswer, type OAuthRequest, published } from "./messages.js";
import { authorizationServerMetadata, openIdConfiguration } from "./metadata.js";
import { answered, type Provider } from "./provider.js";
import type { OAuthErrorCode } from "./refusal.js";
import { revoke } from "./revoke.js";
import { plainSecrets, type Secrets } from "./secrets.js";
import type { Keyring } from "./signing-keys.js";
import type { OAuthStores } from "./stores.js";
import { token } from "./token.js";
import { userinfo } from "./userinfo.js";

/** What a provider is made from. */
export interface OAuthProviderOptions {
  /** The host's public address, without a slash at its end; the endpoints stand below it at `PATHS`. */
  readonly issuer: string;
  readonly stores: OAuthStores;
  /** Holds the signing keys; made once, by `createKeyring`. */
  readonly keyring: Keyring;
  /** Every scope there is: any other one that is asked for is ignored. */
  readonly scopes: readonly string[];
  /** Those of them that a request without `scope` does not ask for; none by default. */
  readonly explicitScopes?: readonly string[];
  /** How codes and tokens look; without a prefix by default. */
  readonly secrets?: Secrets;
  /** Draws identifiers; UUIDs by default. */
  readonly drawId?: () => string;
  /** In milliseconds since the epoch; the machine's clock by default. */
  readonly now?: () => number;
  /** Is told which client, one that is there and enabled, was named beside a wrong secret. */
  readonly onRefusedClient?: (clientId: string) => void;
  /** Is told what failed within, where the client is told only to try again later. */
  readonly onFault?: (fault: unknown) => void;
}

/** An OAuth 2.1 and OpenID Connect provider; every endpoint takes a plain request and gives a plain answer. */
export interface OAuthProvider {
  /** Reads `GET` or `POST /oauth2/authorize`. */
  readAuthorization(request: OAuthRequest): Promise<AuthorizationOutcome>;
  /**
   * Answers a request that its person allowed: with a code, or, where the client or the person has changed meanwhile,
   * with what stands against it. Who the person is, the host knows, and proves.
   */
  grantAuthorization(allowed: Allowed): Promise<AuthorizationAnswer>;
  /** Answers a request with an error. */
  refuseAuthorization(
    request: Pick<AuthorizationRequest, "redirectUri" | "state">,
    refusal: { readonly error: OAuthErrorCode; readonly description: string },
  ): OAuthAnswer;
  /** `POST /oauth2/token` */
  token(request: OAuthRequest): Promise<OAuthAnswer>;
  /** `POST /oauth2/introspect` */
  introspect(request: OAuthRequest): Promise<OAuthAnswer>;
  /** `POST /oauth2/revoke` */
  revoke(request: OAuthRequest): Promise<OAuthAnswer>;
  /** `GET` and `POST /oauth2/userinfo` */
  userinfo(request: OAuthRequest): Promise<OAuthAnswer>;
  /** `GET /oauth2/jwks` */
  jwks(): Promise<OAuthAnswer>;
  /** Reads `GET` or `POST /oauth2/end-session`. */
  readEndSession(request: OAuthRequest): Promise<EndSessionRequest>;
  /** `GET /.well-known/oauth-authorization-server` */
  authorizationServerMetadata(): OAuthAnswer;
  /** `GET /.well-known/openid-configuration` */
  openIdConfiguration(): OAuthAnswer;
}

/** Makes a provider; it is so light that a host can make one for each request, over stores that know the request. */
export function createOAuthProvider(options: OAuthProviderOptions): OAuthProvider {
  const { issuer, stores, keyring, scopes, secrets = plainSecrets } = options;
  const { explicitScopes = [], drawId = randomUUID, now = Date.now, onFault = () => undefined } = options;
  const { onRefusedClient = () => undefined } = options;
  const provider: Provider = {
    issuer,
    scopes,
    explicitScopes,
    stores,
    keyring,
    secrets,
    drawId,
    now,
    onFault,
    onRefusedClient,
  };
  return {
    readAuthorization: (request) => readAuthorization(provider, request),
    grantAuthorization: (allowed) => grantAuthorization(provider, allowed),
    refuseAuthorization: (request, refusal) => refuseAuthorization(provider, request, refusal),
    token: (request) => token(provider, request),
    introspect: (request) => introspect(provider, request),
    revoke: (request) => revoke(provider, request),
    userinfo: (request) => userinfo(provider, request),
    jwks: () => answered(provider, async () => published({ keys: await keyring.publicKeys() })),
    readEndSession: (request) => readEndSession(provider, request),
    authorizationServerMetadata: () => authorizationServerMetadata(issuer, scopes),
    openIdConfiguration: () => openIdConfiguration(issuer, scopes),
  };
}
