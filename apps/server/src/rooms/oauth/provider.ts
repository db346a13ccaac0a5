import type { Keyring, OAuthProvider, Secrets } from "@keyturn/oauth2";
import { drawToken, readToken, type TokenPrefix } from "../../platform/bearer-token.js";
import { BUILT_IN_SCOPES } from "../../platform/built-in-scopes.js";
import type { Context, RequestFacts } from "../../platform/context.js";
import { newId } from "../../platform/id.js";
import { isAdminScope } from "../credentials/usable-scopes.js";
import { type Answering, createOAuthStores } from "./oauth-stores.js";
import { createSigningKeyStore } from "./signing-keys.js";

const PREFIXES: Readonly<Record<Parameters<Secrets["draw"]>[0], TokenPrefix>> = {
  code: "kta_",
  access: "kto_",
  refresh: "ktr_",
};

const secrets: Secrets = {
  draw(kind) {
    const { plain, hash } = drawToken(PREFIXES[kind]);
    return { plain, digest: hash };
  },
  digest(plain, kind) {
    const token = readToken(plain);
    return token?.prefix === PREFIXES[kind] ? token.hash : null;
  },
};

const keyrings = new WeakMap<Context, Keyring>();

/** What a provider of one request works with. */
export interface ProviderFor extends Answering {
  readonly app: Context;
  readonly request: RequestFacts;
  /** Is told whose secret was wrong. */
  readonly onRefusedClient?: (clientId: string) => void;
}

/** The provider for one request; its library is loaded when the first one comes. */
export async function providerFor(options: ProviderFor): Promise<OAuthProvider> {
  const { app, request } = options;
  const { createKeyring, createOAuthProvider } = await import("@keyturn/oauth2");
  const { config, log, now } = app;
  const drawId = (): string => newId(now());
  const keyring = keyrings.get(app) ?? createKeyring(createSigningKeyStore(app), { now, drawId });
  keyrings.set(app, keyring);
  return createOAuthProvider({
    ...{ issuer: config.publicUrl.origin, keyring, secrets, drawId, now },
    stores: createOAuthStores(app, request, options),
    scopes: oauthScopes(config),
    explicitScopes: BUILT_IN_SCOPES.filter(isAdminScope),
    ...(options.onRefusedClient && { onRefusedClient: options.onRefusedClient }),
    onFault: (fault) => log.error({ err: fault, requestId: request.id }, "a fault of the OAuth provider"),
  });
}

/** Every scope that a client can be registered for: Keyturn's own, and those that the deployment adds. */
export function oauthScopes({ scopes }: Context["config"]): string[] {
  return [...BUILT_IN_SCOPES, ...scopes.map(({ name }) => name)];
}
