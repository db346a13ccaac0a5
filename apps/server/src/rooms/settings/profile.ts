import type { Needs } from "../../platform/context.js";
import { notNull, readLocale, readText } from "../../platform/input.js";
import { type Failure, failure } from "../../platform/user-error.js";
import { type Account, toAccount } from "../accounts/account.graphql.js";
import { isLoginNameTaken, updateLoginName, updateNames } from "../accounts/account.repository.js";
import { differing } from "../accounts/differing.js";
import { loginNameKey, readLoginName } from "../accounts/login-name.js";
import { recordEvent } from "../audit/record-event.js";
import { type Caller, localeOf, sessionOf, viewerOf } from "../credentials/viewer.js";
import { holdCredential } from "../oauth/hold-credential.js";
import { holdSession } from "../sessions/hold-session.js";

export interface ProfileUpdatedAnswer {
  readonly __typename: "ProfileUpdated";
  readonly account: Account;
}

/** Changes one's own display name and language; what is absent stays. */
export async function updateProfile(
  needs: Needs<"db" | "now">,
  caller: Caller,
  input: { readonly displayName?: string | null; readonly locale?: string | null },
): Promise<ProfileUpdatedAnswer> {
  const { account, policy, credential } = viewerOf(caller);
  const displayName = notNull(input.displayName, ["input", "displayName"]);
  const locale = notNull(input.locale, ["input", "locale"]);
  const changed = differing(account, {
    ...(displayName !== undefined && {
      displayName: readText(displayName, { path: ["input", "displayName"], maximum: 100 }),
    }),
    ...(locale !== undefined && { locale: readLocale(locale, ["input", "locale"]) }),
  });
  const after = { ...account, ...changed };
  const now = needs.now();
  await needs.db.transaction(async (manager) => {
    await holdCredential(manager, caller);
    if (Object.keys(changed).length === 0) return;
    await updateNames(manager, account.id, changed);
    const event = { actor: account, subject: account, credential };
    await recordEvent(manager, { ...caller, now }, { action: "profile.updated", ...event });
  });
  return { __typename: "ProfileUpdated", account: toAccount({ account: after, policy }, now) };
}

export interface LoginNameChangedAnswer {
  readonly __typename: "LoginNameChanged";
  readonly account: Account;
}

/** Changes one's own login name; the second factor, the sessions and the counters stay as they are. */
export async function changeLoginName(
  needs: Needs<"db" | "now">,
  caller: Caller,
  input: { readonly loginName: string },
): Promise<LoginNameChangedAnswer | Failure<"LOGIN_NAME_TAKEN">> {
  const { account, policy } = sessionOf(caller);
  const loginName = readLoginName(input.loginName, ["input", "loginName"]);
  const now = needs.now();
  try {
    await needs.db.transaction(async (manager) => {
      await holdSession(manager, caller);
      if (loginName === account.loginName) return;
      await updateLoginName(manager, account.id, loginName);
      const details = { before: account.loginName, after: loginName };
      const event = { actor: account, subject: account, credential: "SESSION", details } as const;
      await recordEvent(manager, { ...caller, now }, { action: "login-name.changed", ...event });
    });
  } catch (error) {
    if (!isLoginNameTaken(error)) throw error;
    return { ...failure("LOGIN_NAME_TAKEN", localeOf(caller)), path: ["input", "loginName"] };
  }
  const after = { ...account, loginName, loginNameKey: loginNameKey(loginName) };
  return { __typename: "LoginNameChanged", account: toAccount({ account: after, policy }, now) };
}
