import type { EntityManager } from "typeorm";
import { Refusal } from "../../../platform/problem.js";
import type { AccountEntity } from "../../accounts/account.entity.js";
import { findSubject } from "../../accounts/account.repository.js";
import { isLoginName } from "../../accounts/login-name.js";

/**
 * Finds the account that a command names, in any case and width of its login name.
 *
 * @throws Refusal NOT_FOUND
 */
export async function findByLoginName(manager: EntityManager, loginName: string): Promise<AccountEntity> {
  if (!isLoginName(loginName.trim())) throw new Refusal("NOT_FOUND");
  const { subject } = await findSubject(manager, loginName, "");
  if (subject.kind === "unknown") throw new Refusal("NOT_FOUND");
  return subject.account;
}
