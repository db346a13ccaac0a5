import type { EntityManager } from "typeorm";
import type { Needs } from "../../platform/context.js";
import { Refusal } from "../../platform/problem.js";
import type { AuditAction } from "../audit/actions.js";
import { recordEvent } from "../audit/record-event.js";
import { type Caller, viewerOf } from "../credentials/viewer.js";
import type { OAuthClientEntity } from "../oauth/client.entity.js";
import { findOAuthClient } from "../oauth/client.repository.js";
import { holdPolicy } from "../policy/policy.repository.js";
import { holdAdministrator } from "./administer.js";

/** A transaction in which an administrator changes clients. */
export interface Administering {
  readonly manager: EntityManager;
  /** Records an event about a client. */
  readonly record: (
    action: AuditAction,
    client: Pick<OAuthClientEntity, "id" | "name">,
    details?: Readonly<Record<string, string | number>>,
  ) => Promise<void>;
}

/**
 * Does an administrator's work on clients, in one transaction that begins as every work of administrators does: their
 * changes come one after the other.
 *
 * @throws Refusal INVALID_CREDENTIALS
 */
export async function administerClients<Result>(
  needs: Needs<"db" | "now">,
  caller: Caller,
  work: (administering: Administering) => Promise<Result>,
): Promise<Result> {
  const { account: actor, credential } = viewerOf(caller);
  const now = needs.now();
  return await needs.db.transaction(async (manager) => {
    await holdPolicy(manager);
    await holdAdministrator(manager, caller);
    const record: Administering["record"] = async (action, { id, name }, more = {}) => {
      const details = { client: id, name, ...more };
      await recordEvent(manager, { ...caller, now }, { action, actor, credential, details });
    };
    return await work({ manager, record });
  });
}

/**
 * Finds the client that an administrator changes.
 *
 * @throws Refusal NOT_FOUND
 */
export async function findClientToChange(manager: EntityManager, id: string): Promise<OAuthClientEntity> {
  const client = await findOAuthClient(manager, id);
  if (client === null) throw new Refusal("NOT_FOUND");
  return client;
}

/** What an event tells of a client beside its id and name: all but its secret. */
export function factsOf(client: OAuthClientEntity): Record<string, string> {
  const { redirectUris, grantTypes, scopes, access, serviceAccountId, idTokenAlgorithm, enabled } = client;
  return {
    ...{ redirectUris, grantTypes, scopes, access, serviceAccount: serviceAccountId ?? "none" },
    ...{ idTokenAlgorithm, enabled: String(enabled) },
  };
}
