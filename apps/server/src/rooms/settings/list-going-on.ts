import type { EntityManager } from "typeorm";
import type { GoingOn } from "../../platform/words/mails.en.js";
import { listApiTokens } from "../api-tokens/api-token.repository.js";
import { listGrants } from "../oauth/grant.repository.js";

/** Lists by name what goes on when a password changes: its owner reads it in the mail. */
export async function listGoingOn(manager: EntityManager, accountId: string): Promise<GoingOn> {
  const apiTokens = await listApiTokens(manager, [accountId]);
  const grants = await listGrants(manager, [accountId]);
  return {
    apiTokens: apiTokens.map(({ name }) => name),
    applications: grants.map(({ application }) => application.name),
  };
}
