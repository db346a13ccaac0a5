import { unreachable } from "../../platform/problem.js";

/** What can be wrong with a chain of audit events. */
export type ChainFault =
  /** An event, the one right before it, or its hash is not what was sealed; or it was put there. */
  | { readonly kind: "changed"; readonly sequence: number; readonly eventId: string }
  /** An event stands elsewhere than it was sealed. */
  | {
      readonly kind: "reordered";
      readonly sequence: number;
      readonly eventId: string;
      readonly sealedAs: number;
    }
  /** Events are gone, from one place through another. */
  | { readonly kind: "missing"; readonly sequence: number; readonly through: number; readonly eventId: null }
  /** The events after the head, of which the last one is named. */
  | {
      readonly kind: "beyond-head";
      readonly sequence: number;
      readonly eventId: string;
      readonly head: number;
    }
  /** The head is not that of the events, or is gone. */
  | { readonly kind: "head-mismatch"; readonly sequence: number; readonly eventId: null }
  /** The head that was noted elsewhere is not in the chain. */
  | { readonly kind: "expected-head-missing"; readonly sequence: number; readonly eventId: null };

/** Says a fault in a sentence for people. */
export function chainFaultSentence(fault: ChainFault): string {
  const { kind, sequence, eventId } = fault;
  const event = `The event at ${sequence} (${eventId})`;
  switch (kind) {
    case "changed":
      return `${event} does not follow from what stands before it: it was changed or put there after the sealing, or the one before it was changed together with its hash.`;
    case "reordered":
      return `${event} was moved: it was sealed at ${fault.sealedAs}.`;
    case "missing":
      return fault.through === sequence
        ? `The event at ${sequence} is missing.`
        : `The events at ${sequence} to ${fault.through} are missing.`;
    case "beyond-head":
      return `${event} stands beyond the head of the chain, which is at ${fault.head}: it was put there, or the head was set back.`;
    case "head-mismatch":
      return `The head of the chain, at ${sequence}, is not that of the events: the head was changed or removed, or events were written anew.`;
    case "expected-head-missing":
      return `The head that was noted, at ${sequence}, is not in the chain: the chain was cut or written anew since.`;
    default:
      return unreachable(fault);
  }
}
