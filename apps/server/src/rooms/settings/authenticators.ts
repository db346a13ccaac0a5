import type { Needs } from "../../platform/context.js";
import { readId, readText } from "../../platform/input.js";
import { Refusal } from "../../platform/problem.js";
import { type Failure, failure } from "../../platform/user-error.js";
import { type Account, toAccount } from "../accounts/account.graphql.js";
import { tellAccount } from "../accounts/tell-account.js";
import { recordEvent } from "../audit/record-event.js";
import { type Caller, localeOf, sessionOf } from "../credentials/viewer.js";
import { proveInSession } from "../sessions/prove-in-session.js";
import { endAuthenticator } from "../two-factor/end-two-factor.js";
import { type ProofInput, readProof, requireProof } from "../two-factor/factor.js";
import { type ProofFailure, proofFailure } from "../two-factor/failures.js";
import type { ProveNeeds } from "../two-factor/prove.js";
import {
  listAuthenticators,
  renameAuthenticator as rename,
} from "../two-factor/totp/authenticator.repository.js";
import { type Authenticator, toAuthenticator } from "../two-factor/two-factor.graphql.js";

export interface AuthenticatorRenamedAnswer {
  readonly __typename: "AuthenticatorRenamed";
  readonly authenticator: Authenticator;
}

/** Renames one of one's own authenticators. */
export async function renameAuthenticator(
  needs: Needs<"db" | "now">,
  caller: Caller,
  input: { readonly id: string; readonly name: string },
): Promise<AuthenticatorRenamedAnswer> {
  const { account } = sessionOf(caller);
  const id = readId(input.id);
  const name = readText(input.name, { path: ["input", "name"], maximum: 100 });
  const found = (await listAuthenticators(needs.db.read, account.id)).find((each) => each.id === id);
  await needs.db.transaction(async (manager) => {
    if (!(await rename(manager, { id, accountId: account.id, name }))) throw new Refusal("NOT_FOUND");
    const event = {
      actor: account,
      subject: account,
      credential: "SESSION",
      details: { authenticator: id, name },
    } as const;
    await recordEvent(
      manager,
      { ...caller, now: needs.now() },
      { action: "two-factor.authenticator-renamed", ...event },
    );
  });
  if (found === undefined) throw new Refusal("NOT_FOUND");
  return { __typename: "AuthenticatorRenamed", authenticator: toAuthenticator({ ...found, name }) };
}

export interface AuthenticatorRemovedAnswer {
  readonly __typename: "AuthenticatorRemoved";
  readonly account: Account;
}

export type RemoveAuthenticatorAnswer =
  | AuthenticatorRemovedAnswer
  | ProofFailure<Failure<"LAST_AUTHENTICATOR">>;

/** Removes one of one's own authenticators by a proof from any of them, or by a recovery code; never the last one. */
export async function removeAuthenticator(
  needs: ProveNeeds,
  caller: Caller,
  input: { readonly id: string; readonly proof: ProofInput },
): Promise<RemoveAuthenticatorAnswer> {
  const { account, policy } = sessionOf(caller);
  const locale = localeOf(caller);
  const last = failure("LAST_AUTHENTICATOR", locale);
  const id = readId(input.id);
  const authenticators = await listAuthenticators(needs.db.read, account.id);
  const found = authenticators.find((each) => each.id === id);
  if (found === undefined) throw new Refusal("NOT_FOUND");
  if (authenticators.length === 1) return last;
  const proof = requireProof(readProof(input.proof));
  const outcome = await proveInSession(
    needs,
    { caller, password: { kind: "not asked" }, proof },
    async (manager) => {
      if (!(await endAuthenticator(manager, { id, accountId: account.id }))) return "last";
      const event = {
        actor: account,
        subject: account,
        credential: "SESSION",
        details: { authenticator: id, name: found.name },
      } as const;
      await recordEvent(
        manager,
        { ...caller, now: needs.now() },
        { action: "two-factor.authenticator-removed", ...event },
      );
      return "removed";
    },
  );
  if (outcome.state !== "proven") return proofFailure(outcome, { policy, locale, otherwise: last });
  if (outcome.result === "last") return last;
  tellAccount(needs, account, (mails, to) => mails.authenticatorRemoved(to, found.name));
  return { __typename: "AuthenticatorRemoved", account: toAccount({ account, policy }, needs.now()) };
}
