import type { Assurance } from "../../platform/access.js";
import { drawToken } from "../../platform/bearer-token.js";
import type { Needs } from "../../platform/context.js";
import { newId } from "../../platform/id.js";
import { readText } from "../../platform/input.js";
import { type LimitReachedFailure, limitReached } from "../../platform/limit-reached.graphql.js";
import { BadInput, Refusal } from "../../platform/problem.js";
import { type Failure, failure } from "../../platform/user-error.js";
import type { AccountEntity } from "../accounts/account.entity.js";
import { recordEvent } from "../audit/record-event.js";
import { isAdminScope } from "../credentials/usable-scopes.js";
import { type Caller, localeOf, viewerOf } from "../credentials/viewer.js";
import { holdSession } from "../sessions/hold-session.js";
import type { ApiTokenEntity } from "./api-token.entity.js";
import { type ApiTokenCreated, toApiToken } from "./api-token.graphql.js";
import { addApiToken, countApiTokens } from "./api-token.repository.js";
import { apiTokenScopes } from "./scopes.js";

export interface NewApiToken {
  readonly name: string;
  readonly scopes: readonly string[];
  readonly expiresAt?: number | null;
}

export type CreateApiTokenAnswer = ApiTokenCreated | Failure<"UNKNOWN_SCOPE"> | LimitReachedFailure;

const LIMIT = 50;
const SHOWN_CHARACTERS = 10;

/**
 * Makes an API token for an account, and returns it this once.
 *
 * @throws Refusal FORBIDDEN where an admin scope is asked for an account that is no administrator
 */
export async function createApiToken(
  needs: Needs<"db" | "now" | "config">,
  { caller, owner, assurance }: { caller: Caller; owner: AccountEntity; assurance: Assurance },
  input: NewApiToken,
): Promise<CreateApiTokenAnswer> {
  const locale = localeOf(caller);
  const name = readText(input.name, { path: ["input", "name"], maximum: 100 });
  const scopes = [...new Set(input.scopes)];
  if (scopes.length === 0) throw new BadInput(["input", "scopes"], { rule: "scopesMissing" });
  const known = apiTokenScopes(needs);
  const unknown = scopes.find((scope) => !known.includes(scope));
  if (unknown !== undefined)
    return {
      ...failure("UNKNOWN_SCOPE", locale, { scope: unknown.slice(0, 100), known }),
      path: ["input", "scopes"],
    };
  if (scopes.some(isAdminScope) && owner.role !== "ADMINISTRATOR")
    throw new Refusal("FORBIDDEN", { requiredRole: "ADMINISTRATOR" });
  const now = needs.now();
  const expiresAt = input.expiresAt ?? null;
  if (expiresAt !== null && expiresAt <= now) throw new BadInput(["input", "expiresAt"], { rule: "future" });
  return keep(needs, { caller, owner, row: { name, scopes: scopes.join(" "), assurance, expiresAt } });
}

interface Draft {
  readonly caller: Caller;
  readonly owner: AccountEntity;
  readonly row: Pick<ApiTokenEntity, "name" | "scopes" | "assurance" | "expiresAt">;
}

async function keep(
  needs: Needs<"db" | "now">,
  { caller, owner, row }: Draft,
): Promise<CreateApiTokenAnswer> {
  const now = needs.now();
  const { plain, hash } = drawToken("kt_");
  const token: ApiTokenEntity = {
    ...{ ...row, id: newId(now), tokenHash: hash, accountId: owner.id },
    ...{ prefix: plain.slice(0, SHOWN_CHARACTERS), createdAt: now, lastUsedAt: null },
  };
  const { account, credential } = viewerOf(caller);
  const details = { token: token.id, name: row.name, scopes: row.scopes };
  const kept = await needs.db.transaction(async (manager) => {
    await holdSession(manager, caller);
    if ((await countApiTokens(manager, owner.id)) >= LIMIT) return false;
    await addApiToken(manager, token);
    const event = { actor: account, subject: owner, credential, details };
    await recordEvent(manager, { ...caller, now }, { action: "api-token.created", ...event });
    return true;
  });
  if (!kept) return limitReached(LIMIT, localeOf(caller));
  return { __typename: "ApiTokenCreated", apiToken: toApiToken(token), token: plain };
}
