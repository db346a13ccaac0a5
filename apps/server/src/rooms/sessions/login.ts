import { readPassword } from "../../platform/input.js";
import { type MessageLocale, messageLocale } from "../../platform/locale.js";
import { BadInput, unreachable } from "../../platform/problem.js";
import { type Failure, failure } from "../../platform/user-error.js";
import { findSubject } from "../accounts/account.repository.js";
import type { Subject } from "../accounts/attempts.js";
import { isLoginName, loginNameKey } from "../accounts/login-name.js";
import type { Caller } from "../credentials/viewer.js";
import type { SecurityPolicy } from "../policy/policy.policy.js";
import { type Proof, type ProofInput, readProof } from "../two-factor/factor.js";
import { type ProofFailure, proofFailure } from "../two-factor/failures.js";
import { type NotProven, type ProveNeeds, prove } from "../two-factor/prove.js";
import { decideAfterPassword } from "./login.policy.js";
import {
  type StepAnswer,
  type TakeStep,
  toChallengeStep,
  toEnrollmentStep,
  toSessionStep,
} from "./login-steps.js";

export interface LoginInput {
  readonly loginName: string;
  readonly password: string;
  readonly proof?: ProofInput | null;
  readonly useCookie?: boolean | null;
}

export type LoginAnswer = StepAnswer | ProofFailure<Failure<"INVALID_LOGIN">>;

/**
 * Logs in by login name and password, as far as they go: to a session, to the question for the second factor, or to
 * its setting up. Names that no account bears are counted, locked and answered like those that one does.
 */
export async function login(needs: ProveNeeds, caller: Caller, input: LoginInput): Promise<LoginAnswer> {
  if (!isLoginName(input.loginName.trim())) throw new BadInput(["input", "loginName"], { rule: "loginName" });
  const password = readPassword(input.password, ["input", "password"]);
  const { loginName } = input;
  const { subject, policy } = await findSubject(
    needs.db.read,
    loginName,
    needs.vault.digest("login-name", loginNameKey(loginName)),
  );
  const plan = planLogin(needs, { caller, input, subject, policy });
  const asked = {
    ...plan,
    authenticators: null,
    subject,
    policy,
    password: { kind: "typed", text: password },
    loginName,
    request: caller.request,
    failure: "login.failed",
    credential: null,
  } as const;
  const outcome = await prove(needs, asked, plan.take);
  if (outcome.state === "proven") return outcome.result();
  return refuse(outcome, { caller, subject, policy });
}

/** What a right password will open, and what is asked beside it: decided before anything is compared. */
interface Plan {
  readonly completes: "login" | "nothing";
  readonly proof: Proof | null;
  readonly take: TakeStep;
}

interface Login {
  readonly caller: Caller;
  readonly input: LoginInput;
  readonly subject: Subject;
  readonly policy: SecurityPolicy;
}

function planLogin(needs: ProveNeeds, { caller, input, subject, policy }: Login): Plan {
  if (subject.kind === "unknown") return { proof: null, completes: "login", take: neverTaken };
  const { account } = subject;
  const now = needs.now();
  const step = { account, policy, caller, useCookie: input.useCookie ?? false, now };
  const next = decideAfterPassword({ account, policy }, now);
  switch (next) {
    case "session":
      return { proof: null, completes: "login", take: toSessionStep(step) };
    case "enrollment":
      return { proof: null, completes: "nothing", take: toEnrollmentStep(needs, step) };
    case "second factor": {
      const proof = readProof(input.proof);
      if (proof === null) return { proof: null, completes: "nothing", take: toChallengeStep(step) };
      return { proof, completes: "login", take: toSessionStep(step) };
    }
    default:
      return unreachable(next);
  }
}

async function neverTaken(): Promise<never> {
  throw new Error("a name that no account bears was logged in");
}

/** Until the password was right, in the language of the request: the account's own would tell that it exists. */
function refuse(outcome: NotProven, { caller, subject, policy }: Omit<Login, "input">): LoginAnswer {
  const passwordWasRight = outcome.state === "wrong-code" || outcome.state === "unreadable";
  const own = subject.kind === "account" ? messageLocale(subject.account.locale) : caller.request.locale;
  const locale: MessageLocale = passwordWasRight ? own : caller.request.locale;
  return proofFailure(outcome, { policy, locale, otherwise: failure("INVALID_LOGIN", locale) });
}
