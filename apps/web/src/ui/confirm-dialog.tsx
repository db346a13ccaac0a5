import type { ReactElement, ReactNode } from "react";
import type { Refusal } from "../graphql/refusal";
import { say } from "../words/say";
import { Button } from "./button";
import { Dialog } from "./dialog";
import { Form } from "./form";

interface ConfirmDialogProps {
  readonly title: string;
  /** What the act is called, on its button. */
  readonly act: string;
  readonly kind?: "danger" | "main";
  readonly isOpen: boolean;
  readonly isPending: boolean;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
  readonly error?: string | null;
  readonly refusal?: Refusal | null;
  /** What the act ends, and what it asks for, such as a reason. */
  readonly children: ReactNode;
}

/** Asks before an act that ends something, and says what it ends. */
export function ConfirmDialog(props: ConfirmDialogProps): ReactElement {
  const {
    title,
    act,
    kind = "danger",
    isOpen,
    isPending,
    onConfirm,
    onClose,
    error,
    refusal,
    children,
  } = props;
  return (
    <Dialog title={title} isOpen={isOpen} onClose={onClose}>
      <Form onSubmit={onConfirm} error={error} refusal={refusal ?? null}>
        {children}
        <div className="dialog-acts">
          <Button onPress={onClose}>{say.everyPage.cancel}</Button>
          <Button kind={kind} type="submit" isPending={isPending}>
            {act}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
