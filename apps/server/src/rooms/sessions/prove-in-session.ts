import type { EntityManager } from "typeorm";
import { type Caller, sessionOf } from "../credentials/viewer.js";
import type { AskedPassword } from "../two-factor/asked.js";
import type { Proof } from "../two-factor/factor.js";
import { type NotProven, type ProveNeeds, prove } from "../two-factor/prove.js";
import type { Proven } from "../two-factor/proven.js";

/** What a person proves again within a session. */
export interface AskedAgain {
  readonly password: AskedPassword;
  /** Null: no second factor is asked. */
  readonly proof: Proof | null;
}

/** Proves a password, a second factor or both of the caller's own account, and does `work` in that transaction. */
export async function proveInSession<Result>(
  needs: ProveNeeds,
  { caller, password, proof }: AskedAgain & { readonly caller: Caller },
  work: (manager: EntityManager, proven: Proven) => Promise<Result>,
): Promise<{ readonly state: "proven"; readonly result: Result } | NotProven> {
  const { account, policy } = sessionOf(caller);
  const subject = { kind: "account", account } as const;
  const asking = { request: caller.request, loginName: account.loginName, failure: "proof.failed" } as const;
  const asked = {
    ...asking,
    subject,
    policy,
    password,
    proof,
    authenticators: null,
    credential: "SESSION",
  } as const;
  return prove(needs, { ...asked, completes: "nothing" }, work);
}
