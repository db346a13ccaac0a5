import { expect } from "vitest";
import type { Answer } from "./client.js";
import type { Keyturn } from "./keyturn.js";
import { sendRaw } from "./wire.js";

/** What a gateway asks about one request. */
export interface Question {
  /** Below the address, with its query. */
  readonly at?: string;
  readonly method?: string;
  /** A header with several values comes as often. */
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Buffer;
}

/** Who sent the request, as the six headers tell it. */
export interface Told {
  readonly account: string;
  readonly loginName: string;
  readonly role: string;
  readonly credential: string;
  readonly assurance: string;
  readonly scopes: string;
}

export const NOBODY: Told = {
  ...{ account: "", loginName: "", role: "", credential: "", assurance: "", scopes: "" },
};

/** Asks whether a request may pass. Whatever the answer, it must carry all six headers and be kept by no cache. */
export async function mayPass(
  { address }: Pick<Keyturn, "address">,
  { at = "", method = "GET", headers = {}, body }: Question,
): Promise<Answer> {
  const sent = Object.entries(headers).flatMap(([name, value]) =>
    [value].flat().map((each) => [name, each] as const),
  );
  const asked = { method, path: `/forward-auth${at}`, headers: sent, ...(body !== undefined && { body }) };
  const answer = await sendRaw(address, asked);
  expect(answer.headers.get("cache-control")).toBe("no-store");
  expect(answer.headers.get("x-request-id")).toMatch(/\S/);
  if (answer.status !== 204) expectRefusal(answer, method);
  return answer;
}

function expectRefusal(answer: Answer, method: string): void {
  const { status, headers, body } = answer;
  expect(whoIsTold(answer)).toEqual(NOBODY);
  if (status === 401) expect(headers.get("www-authenticate")).toMatch(/^(Basic|Bearer) realm="Keyturn"/);
  if (method === "HEAD") return;
  expect(Object.keys(body).sort()).toEqual(["code", "id", "message"]);
  expect(body.id).toBe(headers.get("x-request-id"));
  expect(body.code).toBe(headers.get("x-keyturn-refusal"));
  expect(body.message).toMatch(/\S/);
}

/** Reads the six headers; the test fails where one is missing. */
export function whoIsTold({ headers }: Answer): Told {
  const read = (name: string): string => {
    const value = headers.get(`x-keyturn-${name}`);
    if (value === null) throw new Error(`X-Keyturn-${name} is missing`);
    return value;
  };
  return {
    ...{ account: read("account"), loginName: read("login-name"), role: read("role") },
    ...{ credential: read("credential"), assurance: read("assurance"), scopes: read("scopes") },
  };
}

/** `passes`, or the status and code of the refusal. */
export async function verdict(keyturn: Pick<Keyturn, "address">, question: Question): Promise<string> {
  const { status, body } = await mayPass(keyturn, question);
  return status === 204 ? "passes" : `${status} ${body.code}`;
}
