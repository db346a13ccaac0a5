import type { Needs } from "../../platform/context.js";
import { type LimitReachedFailure, limitReached } from "../../platform/limit-reached.graphql.js";
import { Refusal } from "../../platform/problem.js";
import type { Failure } from "../../platform/user-error.js";
import { type Caller, localeOf } from "../credentials/viewer.js";
import type { OAuthClientEntity } from "../oauth/client.entity.js";
import { type OAuthClient, type OAuthClientType, toOAuthClient } from "../oauth/client.graphql.js";
import { addOAuthClient, countOAuthClients } from "../oauth/client.repository.js";
import { replaceAllowedAccounts } from "../oauth/client-account.repository.js";
import { administerClients, factsOf } from "./administer-clients.js";
import {
  changedClient,
  checkClient,
  judgeClientChange,
  type OAuthClientChange,
  type OAuthClientInput,
  readClientChange,
} from "./oauth-client-change.js";

export interface OAuthClientCreatedAnswer {
  readonly __typename: "OAuthClientCreated";
  readonly client: OAuthClient;
  readonly clientSecret: string | null;
}

export type CreateOAuthClientAnswer =
  | OAuthClientCreatedAnswer
  | Failure<"INVALID_REDIRECT_URI">
  | Failure<"UNKNOWN_SCOPE">
  | LimitReachedFailure;

const LIMIT = 1000;

/** Registers an application, and returns its secret this once; a public one has none. */
export async function createOAuthClient(
  needs: Needs<"db" | "now" | "config">,
  caller: Caller,
  { type, ...input }: OAuthClientInput & { readonly type?: OAuthClientType | null },
): Promise<CreateOAuthClientAnswer> {
  const change = readNewClient(input);
  const locale = localeOf(caller);
  const failed = await judgeClientChange(needs, change, { isPublic: type === "PUBLIC", locale });
  if (failed !== null) return failed;
  const { digestSecret, drawClientId, drawClientSecret } = await import("@keyturn/oauth2");
  const clientSecret = type === "PUBLIC" ? null : drawClientSecret();
  const secretHash = clientSecret === null ? null : digestSecret(clientSecret);
  const blank = { ...BLANK, id: drawClientId(), secretHash, createdAt: needs.now() };
  const client = changedClient(blank, change);
  const kept = await administerClients(needs, caller, async ({ manager, record }) => {
    await checkClient(manager, client, change);
    if ((await countOAuthClients(manager)) >= LIMIT) return false;
    await addOAuthClient(manager, client);
    const allowed = change.allowedAccountIds ?? [];
    if (!(await replaceAllowedAccounts(manager, client.id, allowed))) throw new Refusal("NOT_FOUND");
    const shown = toOAuthClient(client);
    await record("oauth-client.created", client, { type: shown.type, ...factsOf(client) });
    return true;
  });
  if (!kept) return limitReached(LIMIT, locale);
  return { __typename: "OAuthClientCreated", client: toOAuthClient(client), clientSecret };
}

/** An explicit null stands for the default, as it does wherever an input has one. */
function readNewClient(input: OAuthClientInput): OAuthClientChange {
  const given = Object.entries(input).filter(([, value]) => value !== null && value !== undefined);
  return readClientChange({
    grantTypes: ["AUTHORIZATION_CODE", "REFRESH_TOKEN"],
    ...Object.fromEntries(given),
  });
}

const BLANK: Omit<OAuthClientEntity, "id" | "secretHash" | "createdAt"> = {
  ...{ name: "", redirectUris: "", grantTypes: "", scopes: "", access: "EVERYONE" },
  ...{ serviceAccountId: null, idTokenAlgorithm: "RS256", enabled: true },
};
