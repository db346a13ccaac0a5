/** An operation as it is sent. */
export interface Operation {
  readonly query: string;
  readonly operationName?: string | null | undefined;
  readonly variables?: unknown;
}

/** A GraphQL answer, as far as the playground itself reads one. */
export interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

/** Sends an operation to the server that this page came from, with the session's cookie. */
export async function send({ query, operationName, variables }: Operation): Promise<Answer> {
  const response = await fetch("/graphql", {
    method: "POST",
    headers: {
      "content-type": "application/json",
      accept: "application/graphql-response+json, application/json",
    },
    credentials: "same-origin",
    body: JSON.stringify({ query, operationName, variables }),
  });
  return (await response.json()) as Answer;
}

/** Says whether an answer was refused for one of these reasons. */
export function isRefused(answer: Answer, ...codes: readonly string[]): boolean {
  return (answer.errors ?? []).some(({ extensions }) => codes.includes(extensions?.code ?? ""));
}
