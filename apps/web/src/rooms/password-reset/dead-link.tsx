import type { ReactElement } from "react";
import { Told } from "../../ui/told";

interface DeadLinkProps {
  readonly message: string;
  /** What to do, where the message does not say all of it. */
  readonly hint?: string;
  /** Where to go on from here: address and name. */
  readonly onward: { readonly to: string; readonly name: string };
}

/** Says that a mailed link is of no use any more, and how to go on. */
export function DeadLink({ message, hint, onward }: DeadLinkProps): ReactElement {
  return (
    <>
      <Told kind="bad">{message}</Told>
      {hint !== undefined && <p>{hint}</p>}
      <a className="button button-main" href={onward.to}>
        {onward.name}
      </a>
    </>
  );
}
