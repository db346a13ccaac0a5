import { type ReactElement, type ReactNode, useState } from "react";
import { type Failure, isFailure, useChange } from "../graphql/use-change";
import { Button, type ButtonKind } from "./button";
import { ConfirmDialog } from "./confirm-dialog";

/** What is wrong with a field of the question. */
export type ErrorAt = (field: string) => string | undefined;

interface ConfirmedActProps<Answer extends object> {
  /** What the act is called, on the button that asks and on the one that does it. */
  readonly act: string;
  /** The act and what it is done to, where several buttons are called the same. */
  readonly label?: string;
  readonly button?: ButtonKind;
  readonly title: string;
  readonly kind?: "danger" | "main";
  /** The fields of the question, by the server's names. */
  readonly fields?: readonly string[];
  /** Does it, and returns what the server answers; a failure is told in the question. */
  readonly onConfirm: () => Promise<Answer>;
  /** What comes after, once the question is closed. */
  readonly onDone: (answer: Exclude<Answer, Failure>) => void;
  /** What the act ends, and what it asks for, such as a reason. */
  readonly children: ReactNode | ((errorAt: ErrorAt) => ReactNode);
}

/** A button for an act that is done only after a question. */
export function ConfirmedAct<Answer extends object>(props: ConfirmedActProps<Answer>): ReactElement {
  const { act, label, button = "other" } = props;
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        kind={button}
        onPress={() => setOpen(true)}
        {...(label !== undefined && { "aria-label": label })}
      >
        {act}
      </Button>
      {isOpen && <Question {...props} onClose={() => setOpen(false)} />}
    </>
  );
}

function Question<Answer extends object>(
  props: ConfirmedActProps<Answer> & { readonly onClose: () => void },
): ReactElement {
  const { act, title, kind = "danger", fields, onConfirm, onDone, onClose, children } = props;
  const { run, isPending, error, errorAt, refusal } = useChange(async () => {
    const answer = await onConfirm();
    if (isFailure(answer)) return answer;
    onClose();
    onDone(answer as Exclude<Answer, Failure>);
    return null;
  }, fields);
  return (
    <ConfirmDialog
      {...{ title, act, kind, isPending, error, refusal, onClose }}
      isOpen
      onConfirm={() => void run()}
    >
      {typeof children === "function" ? children(errorAt) : children}
    </ConfirmDialog>
  );
}
