import { useState } from "react";
import { say } from "../words/say";
import type { Refusal } from "./refusal";
import { type Action, useAction } from "./use-action";

/** What the server says where it did not do what was asked: a UserError, as `...Failure` reads it. */
export interface Failure {
  readonly message: string;
  readonly path: readonly string[] | null;
  /** What else is wrong, where the page itself finds it. */
  readonly others?: readonly Failure[];
}

/** What a field needs: its name by the server, whether it has that, and what is said where it has not. */
export type Need = readonly [field: string, isMet: boolean, message: string];

/** Says whether an answer is a failure: every UserError is read with its path, and nothing else has one. */
export function isFailure<Answer extends object>(answer: Answer): answer is Extract<Answer, Failure> {
  return "message" in answer && "path" in answer;
}

/** A change that a person asks for, and what is wrong with what they typed. */
export interface Change<Arguments extends readonly unknown[]> extends Action<Arguments> {
  /** What is wrong with one field. */
  readonly errorAt: (field: string) => string | undefined;
  /** What is wrong with the whole of it. */
  readonly error: string | null;
}

/** Every need that is not met, as a failure at its field; null where all are. */
export function unmetAmong(needs: readonly Need[]): Failure | null {
  const unmet = needs.filter(([, isMet]) => !isMet);
  const [first, ...others] = unmet.map(([field, , message]) => ({ message, path: [field] }));
  return first === undefined ? null : { ...first, others };
}

/** Every one of these, by the server's names, that is empty; null where each is filled in. */
export function emptyAmong(values: Readonly<Record<string, string>>): Failure | null {
  const fields = Object.entries(values);
  return unmetAmong(fields.map(([field, value]) => [field, value.trim() !== "", say.everyPage.fillIn]));
}

/** Wraps a change, which returns its failure or null. A failure at one of `fields` is told there, any other for the whole. */
export function useChange<Arguments extends readonly unknown[]>(
  change: (...args: Arguments) => Promise<Failure | null>,
  fields: readonly string[] = [],
): Change<Arguments> {
  const [failure, setFailure] = useState<Failure | null>(null);
  const { run, isPending, refusal } = useAction(async (...args: Arguments) => {
    setFailure(null);
    setFailure(await change(...args));
  });
  const fault = failure ?? faultOf(refusal);
  const faults = fault === null ? [] : [fault, ...(fault.others ?? [])];
  const fieldOf = ({ path }: Failure): string | undefined => path?.find((step) => fields.includes(step));
  return {
    ...{ run, isPending },
    errorAt: (asked) => faults.find((each) => fieldOf(each) === asked)?.message,
    error: faults.find((each) => fieldOf(each) === undefined)?.message ?? null,
    refusal: fault === null ? refusal : null,
  };
}

/** The server tells developers what it expects of these; whoever filled them in is told what to do. */
const RULES: Readonly<Record<string, string>> = {
  emailAddress: say.account.emailAddressRule,
  expiresAt: say.apiTokens.lastDayRule,
};

/** What is wrong with what was typed, without the way to it that the server's message begins with; null: it is not that. */
function faultOf(refusal: Refusal | null): Failure | null {
  const path = refusal?.extensions["path"];
  if (refusal === null || !Array.isArray(path)) return null;
  const way = `${path.join(".")}: `;
  const { message } = refusal;
  const rest = message.startsWith(way) ? message.slice(way.length) : message;
  const told = RULES[String(path.at(-1))] ?? rest.charAt(0).toUpperCase() + rest.slice(1);
  return { message: told, path: path.map(String) };
}
