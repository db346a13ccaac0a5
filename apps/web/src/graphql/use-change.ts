import { useState } from "react";
import { say } from "../words/say";
import type { Refusal } from "./refusal";
import { type Action, useAction } from "./use-action";

/** What the server says where it did not do what was asked: a UserError, as `...Failure` reads it. */
export interface Failure {
  readonly message: string;
  readonly path: readonly string[] | null;
}

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

/** The first of these, by the server's names, that is empty, as a failure at its field; null where each is filled in. */
export function emptyAmong(values: Readonly<Record<string, string>>): Failure | null {
  const empty = Object.entries(values).find(([, value]) => value.trim() === "");
  return empty === undefined ? null : { message: say.everyPage.fillIn, path: [empty[0]] };
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
  const fault = failure ?? (refusal === null ? null : faultOf(refusal));
  const field = fault?.path?.find((step) => fields.includes(step));
  return {
    ...{ run, isPending },
    errorAt: (asked) => (asked === field ? fault?.message : undefined),
    error: field === undefined ? (failure?.message ?? null) : null,
    refusal: field === undefined ? refusal : null,
  };
}

/** What is wrong with a field is told beside it, without the way to it that the server's message begins with. */
function faultOf({ message, extensions }: Refusal): Failure {
  const { path } = extensions;
  if (!Array.isArray(path)) return { message, path: null };
  const way = `${path.join(".")}: `;
  const rest = message.startsWith(way) ? message.slice(way.length) : message;
  return { message: rest.charAt(0).toUpperCase() + rest.slice(1), path: path.map(String) };
}
