import type { Needs } from "../../../platform/context.js";
import { readEmailAddress, readLocale, readText } from "../../../platform/input.js";
import { BadInput } from "../../../platform/problem.js";
import { type Failure, failure } from "../../../platform/user-error.js";
import type { AccountEntity } from "../../accounts/account.entity.js";
import type { AccountKind, Role } from "../../accounts/account-kind.js";
import { readLoginName } from "../../accounts/login-name.js";
import { newAccount } from "../../accounts/new-account.js";
import { drawPassword, judgeNewPassword, type WeakPasswordFailure } from "../../accounts/new-password.js";
import type { Origin } from "../../audit/record-event.js";
import { loadPolicy } from "../../policy/policy.repository.js";
import { addAccount } from "../add-account.js";
import { BY_COMMAND_LINE } from "./by-command-line.js";

/** An account as a command asks for it. */
export interface AccountOrder {
  readonly loginName: string;
  readonly displayName: string;
  readonly emailAddress: string | null;
  readonly kind: AccountKind;
  readonly role: Role;
  readonly locale: string;
  readonly password: string | null;
}

/** The account that was made, and its password where one was drawn: that is to be shown this once. */
export interface AccountMade {
  readonly account: AccountEntity;
  readonly drawnPassword: string | null;
}

/**
 * Makes an account, an administrator's too. Without a password a link to set one is mailed, or where there is no
 * address, one is drawn; a service account has none.
 */
export async function createByCommandLine(
  needs: Needs<"db" | "now" | "hasher" | "mailer" | "config">,
  request: Origin,
  order: AccountOrder,
): Promise<AccountMade | Failure<"LOGIN_NAME_TAKEN"> | WeakPasswordFailure> {
  const given = readOrder(order);
  const policy = await loadPolicy(needs.db.read);
  if (order.password !== null) {
    const judging = { owner: given, policy, locale: "en", path: ["--password-stdin"] } as const;
    const weak = await judgeNewPassword(needs, order.password, judging);
    if (weak !== null) return weak;
  }
  const isDrawn = order.password === null && given.kind !== "SERVICE" && given.emailAddress === null;
  const drawnPassword = isDrawn ? drawPassword(policy) : null;
  const password = order.password ?? drawnPassword;
  const passwordHash = password === null ? null : await needs.hasher.hash(password);
  const now = needs.now();
  const account = newAccount({ ...given, passwordHash }, now);
  const isAdded = await addAccount(needs, account, {
    happening: { now, request },
    maker: BY_COMMAND_LINE,
  });
  return isAdded ? { account, drawnPassword } : failure("LOGIN_NAME_TAKEN", "en");
}

function readOrder(order: AccountOrder): Omit<AccountOrder, "password"> {
  const { kind, role, emailAddress, password } = order;
  if (kind === "SERVICE" && password !== null)
    throw new BadInput(["--password-stdin"], { rule: "passwordSuperfluous" });
  if (kind === "GUEST" && role === "ADMINISTRATOR") throw new BadInput(["--role"], { rule: "personsOnly" });
  return {
    ...{ kind, role },
    loginName: readLoginName(order.loginName, ["LOGIN"]),
    displayName: readText(order.displayName, { path: ["--display-name"], maximum: 100 }),
    emailAddress: emailAddress === null ? null : readEmailAddress(emailAddress, ["--email"]),
    locale: readLocale(order.locale, ["--locale"]),
  };
}
