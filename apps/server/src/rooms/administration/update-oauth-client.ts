import type { EntityManager } from "typeorm";
import type { Needs } from "../../platform/context.js";
import { Refusal } from "../../platform/problem.js";
import type { Failure } from "../../platform/user-error.js";
import { endClientAccess, endClientTokens } from "../accounts/end-access.js";
import { type Caller, localeOf } from "../credentials/viewer.js";
import type { OAuthClientEntity } from "../oauth/client.entity.js";
import { type OAuthClient, toOAuthClient } from "../oauth/client.graphql.js";
import { findOAuthClient, saveOAuthClient } from "../oauth/client.repository.js";
import { replaceAllowedAccounts } from "../oauth/client-account.repository.js";
import { administerClients, factsOf, findClientToChange } from "./administer-clients.js";
import {
  changedClient,
  checkClient,
  judgeClientChange,
  readClientChange,
  type UpdateOAuthClientInput,
} from "./oauth-client-change.js";

export interface OAuthClientUpdatedAnswer {
  readonly __typename: "OAuthClientUpdated";
  readonly client: OAuthClient;
}

/**
 * Changes a client; what is absent stays. What it may do less from now on, its tokens do less at once. What it was given
 * ends for good where it is disabled, and by accounts that are off its list, unless that is a pause. A client that
 * everyone may authorize keeps no list.
 */
export async function updateOAuthClient(
  needs: Needs<"db" | "now" | "config">,
  caller: Caller,
  { id, keepAuthorizations, ...input }: UpdateOAuthClientInput,
): Promise<OAuthClientUpdatedAnswer | Failure<"INVALID_REDIRECT_URI"> | Failure<"UNKNOWN_SCOPE">> {
  const change = readClientChange(input);
  // What a client is, it stays.
  const isPublic = (await findOAuthClient(needs.db.read, id))?.secretHash === null;
  const failed = await judgeClientChange(needs, change, { isPublic, locale: localeOf(caller) });
  if (failed !== null) return failed;
  const client = await administerClients(needs, caller, async ({ manager, record }) => {
    const before = await findClientToChange(manager, id);
    const after = changedClient(before, change);
    await checkClient(manager, after, change);
    await saveOAuthClient(manager, after);
    const allowed = after.access === "EVERYONE" ? [] : change.allowedAccountIds;
    if (allowed !== undefined && !(await replaceAllowedAccounts(manager, id, allowed)))
      throw new Refusal("NOT_FOUND");
    const { allowedAccountIds } = change;
    const list = allowedAccountIds === undefined ? {} : { allowedAccounts: allowedAccountIds.length };
    const isPause = keepAuthorizations === true;
    const ended = isPause ? 0 : await endGiven(manager, { before, after });
    const told = {
      ...(isPause && { authorizationsKept: "true" }),
      ...(ended > 0 && { authorizationsEnded: ended }),
    };
    await record("oauth-client.updated", after, { ...differences(before, after), ...list, ...told });
    return after;
  });
  return { __typename: "OAuthClientUpdated", client: toOAuthClient(client) };
}

/** Ends what was given to a client that is disabled, by accounts that are off its list, for a service account it lost. */
async function endGiven(
  manager: EntityManager,
  { before, after }: { before: OAuthClientEntity; after: OAuthClientEntity },
): Promise<number> {
  if (!after.enabled) return await endClientAccess(manager, after.id, "everyone");
  if (before.serviceAccountId !== after.serviceAccountId) await endClientTokens(manager, after.id);
  return after.access === "LISTED" ? await endClientAccess(manager, after.id, "those not listed") : 0;
}

/** Each fact that differs, as before → after; the name as it was stands beside the one that it has. */
function differences(before: OAuthClientEntity, after: OAuthClientEntity): Record<string, string> {
  const old = factsOf(before);
  const differing = Object.entries(factsOf(after)).filter(([name, value]) => old[name] !== value);
  const named = before.name === after.name ? {} : { nameBefore: before.name };
  return {
    ...named,
    ...Object.fromEntries(differing.map(([name, value]) => [name, `${old[name]} → ${value}`])),
  };
}
