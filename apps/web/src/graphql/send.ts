import { say } from "../words/say";
import { type ProofMethod, Refusal } from "./refusal";
import type { TypedDocument } from "./typed-document";

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

interface Received {
  readonly data?: unknown;
  readonly errors?: readonly { message: string; extensions?: { code?: string } & Record<string, unknown> }[];
}

async function sendOnce<Answer, Variables>(
  document: TypedDocument<Answer, Variables>,
  variables: Variables,
): Promise<Answer> {
  const { data, errors } = await exchange(JSON.stringify({ query: document, variables }));
  const [error] = errors ?? [];
  if (error !== undefined) {
    const { code = "INTERNAL", ...extensions } = error.extensions ?? {};
    throw new Refusal(error.message, { code, extensions });
  }
  return data as Answer;
}

async function exchange(body: string): Promise<Received> {
  try {
    const headers = { "content-type": "application/json" };
    const response = await fetch("/graphql", { method: "POST", headers, body });
    return (await response.json()) as Received;
  } catch (error) {
    throw new Refusal(say.everyPage.unreachable, { code: "UNREACHABLE", cause: error });
  }
}
