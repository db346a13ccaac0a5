import type { EntityManager } from "typeorm";
import { columns, places, readEntity, sql } from "../../platform/sql.js";
import { OAuthGrantEntity } from "./grant.entity.js";

type Row = Record<string, unknown>;

/** A grant, and the application that it is for. */
export interface GrantedApplication {
  readonly grant: OAuthGrantEntity;
  readonly application: { readonly id: string; readonly name: string };
}

const GRANTED = (): string => `SELECT ${columns(OAuthGrantEntity, "g")}, c.name AS client_name
  FROM oauth_grants g JOIN oauth_clients c ON c.id = g.client_id`;

/** Lists the applications that accounts allowed, the newest first, those that are disabled among them. */
export async function listGrants(
  manager: EntityManager,
  accountIds: readonly string[],
): Promise<GrantedApplication[]> {
  const text = `${GRANTED()} WHERE g.account_id IN (${places(accountIds)})
    ORDER BY g.authorized_at DESC, g.id DESC`;
  return (await sql<Row>(manager, text, accountIds)).rows.map(read);
}

/** Finds a grant by its id. */
export async function findGrant(manager: EntityManager, id: string): Promise<GrantedApplication | null> {
  const [row] = (await sql<Row>(manager, `${GRANTED()} WHERE g.id = $1`, [id])).rows;
  return row === undefined ? null : read(row);
}

/** Removes a grant with the authorizations and tokens that came of it; false where there is none of that id. */
export async function removeGrant(manager: EntityManager, id: string): Promise<boolean> {
  return (await sql(manager, "DELETE FROM oauth_grants WHERE id = $1", [id])).affected === 1;
}

function read(row: Row): GrantedApplication {
  const grant = readEntity(OAuthGrantEntity, row, "g");
  if (grant === null) throw new Error("a grant without an id was selected");
  return { grant, application: { id: grant.clientId, name: String(row["client_name"]) } };
}
