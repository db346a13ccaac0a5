import type { RedirectUriFault } from "@keyturn/oauth2";
import type { EntityManager } from "typeorm";
import type { Needs } from "../../platform/context.js";
import { notNull, readId, readText } from "../../platform/input.js";
import type { MessageLocale } from "../../platform/locale.js";
import { BadInput, type ClientFault, Refusal } from "../../platform/problem.js";
import { type Failure, failure } from "../../platform/user-error.js";
import { findAccount } from "../accounts/account.repository.js";
import type { OAuthClientEntity } from "../oauth/client.entity.js";
import type { IdTokenAlgorithm, OAuthClientAccess, OAuthGrantType } from "../oauth/client.graphql.js";
import { oauthScopes } from "../oauth/provider.js";

/** What an administrator says of a client; what is absent stays as it is. */
export interface OAuthClientInput {
  readonly name?: string | null;
  readonly redirectUris?: readonly string[] | null;
  readonly grantTypes?: readonly OAuthGrantType[] | null;
  readonly scopes?: readonly string[] | null;
  readonly access?: OAuthClientAccess | null;
  readonly allowedAccountIds?: readonly string[] | null;
  readonly serviceAccountId?: string | null;
  readonly idTokenAlgorithm?: IdTokenAlgorithm | null;
  readonly enabled?: boolean | null;
}

/** A change of a client that is there. */
export interface UpdateOAuthClientInput extends OAuthClientInput {
  readonly id: string;
  /** For a pause: what was given lies still while the client is disabled, or an account is off its list. */
  readonly keepAuthorizations?: boolean | null;
}

type Given = {
  readonly [Name in Exclude<keyof OAuthClientInput, "serviceAccountId">]?: NonNullable<
    OAuthClientInput[Name]
  >;
};

/** The same, once each field by itself keeps its rules of form. */
export type OAuthClientChange = Given & { readonly serviceAccountId?: string | null };

const MAXIMUM_REDIRECT_URIS = 20;

/** Reads what an administrator says of a client; a field that breaks a rule of form is BAD_USER_INPUT. */
export function readClientChange(input: OAuthClientInput): OAuthClientChange {
  const { serviceAccountId, ...others } = input;
  const names = Object.keys(others) as (keyof typeof others)[];
  const given = Object.fromEntries(
    names.map((name) => [name, notNull(others[name], ["input", name])]),
  ) as Given;
  const redirectUris = given.redirectUris && [...new Set(given.redirectUris)];
  if (given.grantTypes !== undefined) checkGrantTypes(given.grantTypes);
  if (given.scopes?.length === 0) throw new BadInput(["input", "scopes"], { rule: "scopesMissing" });
  return {
    ...given,
    ...(given.name !== undefined && {
      name: readText(given.name, { path: ["input", "name"], maximum: 128 }),
    }),
    ...(redirectUris && { redirectUris }),
    ...(given.scopes && { scopes: [...new Set(given.scopes)] }),
    ...(given.allowedAccountIds && { allowedAccountIds: given.allowedAccountIds.map(readId) }),
    ...(serviceAccountId !== undefined && {
      serviceAccountId: serviceAccountId === null ? null : readId(serviceAccountId),
    }),
  };
}

function checkGrantTypes(grantTypes: readonly OAuthGrantType[]): void {
  if (grantTypes.length === 0 || new Set(grantTypes).size !== grantTypes.length)
    throw fault("grantTypes", "GRANT_TYPES");
  if (grantTypes.includes("REFRESH_TOKEN") && !grantTypes.includes("AUTHORIZATION_CODE"))
    throw fault("grantTypes", "REFRESH_TOKEN_ALONE");
}

/** Judges the addresses and scopes of a change: what is wrong with them is part of the story. */
export async function judgeClientChange(
  { config }: Needs<"config">,
  { redirectUris = [], scopes = [] }: OAuthClientChange,
  { isPublic, locale }: { isPublic: boolean; locale: MessageLocale },
): Promise<Failure<"INVALID_REDIRECT_URI"> | Failure<"UNKNOWN_SCOPE"> | null> {
  const found = await judgeRedirectUris(redirectUris, isPublic);
  if (found !== null)
    return { ...failure("INVALID_REDIRECT_URI", locale, found), path: ["input", "redirectUris"] };
  const known = oauthScopes(config);
  const scope = scopes.find((each) => !known.includes(each));
  if (scope === undefined) return null;
  const details = { scope: scope.slice(0, 100), known };
  return { ...failure("UNKNOWN_SCOPE", locale, details), path: ["input", "scopes"] };
}

async function judgeRedirectUris(
  uris: readonly string[],
  isPublic: boolean,
): Promise<{ uri: string; fault: RedirectUriFault } | "too-many" | null> {
  if (uris.length > MAXIMUM_REDIRECT_URIS) return "too-many";
  const { judgeRedirectUri } = await import("@keyturn/oauth2");
  for (const uri of uris) {
    const fault = judgeRedirectUri(uri, { isPublic });
    if (fault !== null) return { uri: uri.slice(0, 200), fault };
  }
  return null;
}

/** A client as it is after a change. */
export function changedClient(before: OAuthClientEntity, change: OAuthClientChange): OAuthClientEntity {
  const { name, access, idTokenAlgorithm, enabled, serviceAccountId } = change;
  return {
    ...before,
    name: name ?? before.name,
    access: access ?? before.access,
    idTokenAlgorithm: idTokenAlgorithm ?? before.idTokenAlgorithm,
    enabled: enabled ?? before.enabled,
    redirectUris: change.redirectUris?.join(" ") ?? before.redirectUris,
    grantTypes: change.grantTypes?.join(" ").toLowerCase() ?? before.grantTypes,
    scopes: change.scopes?.join(" ") ?? before.scopes,
    serviceAccountId: serviceAccountId === undefined ? before.serviceAccountId : serviceAccountId,
  };
}

/**
 * Checks that what a change touches fits the rest of the client. What it does not touch is left alone: a client whose
 * service account was deleted can still be disabled.
 *
 * @throws Refusal BAD_USER_INPUT, or NOT_FOUND where the service account is none
 */
export async function checkClient(
  manager: EntityManager,
  after: OAuthClientEntity,
  change: OAuthClientChange,
): Promise<void> {
  const { redirectUris, grantTypes, serviceAccountId, allowedAccountIds } = change;
  const granted = after.grantTypes.split(" ");
  const asksForGrants = grantTypes !== undefined;
  if ((asksForGrants || redirectUris) && granted.includes("authorization_code") && after.redirectUris === "")
    throw fault("redirectUris", "REDIRECT_URI_MISSING");
  if (asksForGrants || serviceAccountId !== undefined) checkMachine(after, granted);
  if (allowedAccountIds !== undefined && after.access !== "LISTED")
    throw fault("allowedAccountIds", "LISTED_ONLY");
  if (serviceAccountId == null) return;
  const found = await findAccount(manager, serviceAccountId);
  if (found === null) throw new Refusal("NOT_FOUND");
  if (found.account.kind !== "SERVICE") throw fault("serviceAccountId", "SERVICE_ACCOUNTS_ONLY");
}

function checkMachine(after: OAuthClientEntity, granted: readonly string[]): void {
  const { secretHash, serviceAccountId } = after;
  const isMachine = granted.includes("client_credentials");
  if (secretHash === null && isMachine) throw fault("grantTypes", "PUBLIC_CLIENT");
  if (secretHash === null && serviceAccountId !== null) throw fault("serviceAccountId", "PUBLIC_CLIENT");
  if (isMachine && serviceAccountId === null) throw fault("serviceAccountId", "SERVICE_ACCOUNT_MISSING");
}

function fault(name: string, what: ClientFault): BadInput {
  return new BadInput(["input", name], { rule: "client", fault: what });
}
