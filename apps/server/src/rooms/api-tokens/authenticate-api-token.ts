import type { TokenHash } from "../../platform/bearer-token.js";
import type { Needs } from "../../platform/context.js";
import { Refusal } from "../../platform/problem.js";
import { usableScopes } from "../credentials/usable-scopes.js";
import type { Viewer } from "../credentials/viewer.js";
import { findApiToken, touchApiToken } from "./api-token.repository.js";

/** How often a token's last use is written down, in milliseconds. */
const TOUCH_EVERY = 60_000;

/**
 * Authenticates a request by an API token, in one statement; the last use is written after the answer.
 *
 * @throws Refusal INVALID_CREDENTIALS where the token was revoked or expired, or its account is suspended
 */
export async function authenticateApiToken(
  needs: Needs<"db" | "now" | "later">,
  tokenHash: TokenHash,
): Promise<Viewer> {
  const now = needs.now();
  const found = await findApiToken(needs.db.read, tokenHash);
  if (found === null || (found.apiToken.expiresAt ?? Number.POSITIVE_INFINITY) <= now)
    throw new Refusal("INVALID_CREDENTIALS");
  const { apiToken, account, policy } = found;
  if (account.suspendedAt !== null) throw new Refusal("INVALID_CREDENTIALS");
  if (now - (apiToken.lastUsedAt ?? 0) >= TOUCH_EVERY)
    needs.later(() => needs.db.transaction((manager) => touchApiToken(manager, apiToken.id, now)));
  return {
    ...{ account, policy, credential: "API_TOKEN", assurance: apiToken.assurance, methods: [] },
    ...{
      authenticatedAt: apiToken.createdAt,
      scopes: usableScopes({ granted: apiToken.scopes, client: null, role: account.role }),
    },
    ...{ session: null, tokenHash },
  };
}
