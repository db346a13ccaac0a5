import type { ReactElement } from "react";
import { Notice } from "../../ui/notice";

interface DeadLinkProps {
  readonly message: string;
  /** Where to go on from here: address and name. */
  readonly onward: { readonly to: string; readonly name: string };
}

/** Says that a mailed link is of no use any more, and how to go on. */
export function DeadLink({ message, onward }: DeadLinkProps): ReactElement {
  return (
    <>
      <Notice kind="bad">{message}</Notice>
      <a className="button button-main" href={onward.to}>
        {onward.name}
      </a>
    </>
  );
}
