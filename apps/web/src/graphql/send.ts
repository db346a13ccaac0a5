import { say } from "../words/say";
import { type ProofMethod, Refusal } from "./refusal";
import type { TypedDocument } from "./typed-document";

/** The account that the server made this page for; empty where nobody was logged in. */
const pageAccount = document.querySelector<HTMLMetaElement>("meta[name=account]")?.content ?? "";

/** Asks the person to prove themselves again; ends when they did, or throws `TurnedBack`. */
export type Prover = (methods: readonly ProofMethod[]) => Promise<void>;

let prover: Prover | null = null;

/** Says who asks for fresh proofs from now on; null: nobody, and what asks for one is refused. */
export function setProver(next: Prover | null): void {
  prover = next;
}

/**
 * Sends a document. Where a fresh proof is asked for, the person gives it, and the document is sent again.
 *
 * @throws Refusal where it was refused, TurnedBack where the person gave no proof
 */
export async function send<Answer, Variables>(
  document: TypedDocument<Answer, Variables>,
  variables: Variables,
): Promise<Answer> {
  try {
    return await sendOnce(document, variables);
  } catch (error) {
    const methods = error instanceof Refusal ? error.proofAskedFor : null;
    if (methods === null || prover === null) throw error;
    await prover(methods);
    return await sendOnce(document, variables);
  }
}

/** So long an answer is awaited, in milliseconds: far longer than any takes. */
const PATIENCE = 60_000;

let strangerListener: (() => void) | null = null;

/** Says who is told, from now on, that another account is logged in than the page's; null: nobody. */
export function setStrangerListener(next: (() => void) | null): void {
  strangerListener = next;
}

interface Received {
  readonly data?: unknown;
  readonly errors?: readonly { message: string; extensions?: { code?: string } & Record<string, unknown> }[];
}

async function sendOnce<Answer, Variables>(
  document: TypedDocument<Answer, Variables>,
  variables: Variables,
): Promise<Answer> {
  const { data, errors } = await exchange(document, variables);
  const [error] = errors ?? [];
  if (error !== undefined) {
    const { code = "INTERNAL", ...extensions } = error.extensions ?? {};
    const refusal = new Refusal(error.message, { code, extensions });
    if (refusal.isOtherAccount) strangerListener?.();
    throw refusal;
  }
  return data as Answer;
}

async function exchange(query: string, variables: unknown): Promise<Received> {
  const impatience = new AbortController();
  const timer = setTimeout(() => impatience.abort(), PATIENCE);
  try {
    const body = JSON.stringify({ query, variables });
    // Someone else may log in beside this page: nothing that it sends is done to their account.
    const headers = { "content-type": "application/json", "x-keyturn-account": pageAccount };
    const { signal } = impatience;
    const response = await fetch("/graphql", { method: "POST", headers, body, signal });
    return (await response.json()) as Received;
  } catch (error) {
    // What asks for a change may have been done, and the answer lost; the first step of a login changes nothing.
    const isChange = /^mutation (?!LogIn\b)/.test(query);
    const message = isChange ? say.everyPage.unreachableChange : say.everyPage.unreachable;
    throw new Refusal(message, { code: "UNREACHABLE", cause: error });
  } finally {
    clearTimeout(timer);
  }
}
