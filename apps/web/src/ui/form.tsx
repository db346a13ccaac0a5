import { type FormEvent, type MouseEvent, type ReactElement, type ReactNode, useEffect, useRef } from "react";
import { Form as AriaForm } from "react-aria-components/Form";
import type { Refusal } from "../graphql/refusal";
import { Notice } from "./notice";
import { SignedOut } from "./signed-out";
import { focusWhole } from "./text-input";

interface FormProps {
  readonly onSubmit: () => void;
  /** What went wrong with the whole of it. */
  readonly error?: string | null | undefined;
  readonly refusal?: Refusal | null;
  readonly children: ReactNode;
  readonly label?: string;
}

const WRONG = "[aria-invalid=true], fieldset[data-invalid] input, [role=alert]";

/** A form: what went wrong stands above its fields, and nothing that was typed is lost. */
export function Form({ onSubmit, error, refusal, children, label }: FormProps): ReactElement {
  const form = useRef<HTMLFormElement>(null);
  const isSent = useRef(false);
  // What turned out to be wrong comes into view; where it is a field, the first one takes the focus, to be typed anew.
  useEffect(() => {
    const wrong = isSent.current ? form.current?.querySelector<HTMLElement>(WRONG) : null;
    if (wrong == null) return;
    isSent.current = false;
    wrong.scrollIntoView({ block: "nearest" });
    focusWhole(wrong);
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    isSent.current = true;
    onSubmit();
  };
  return (
    <AriaForm
      ref={form}
      validationBehavior="aria"
      className="stack"
      onSubmit={submit}
      onClickCapture={dropSecondClick}
      {...(label !== undefined && { "aria-label": label })}
    >
      {error != null && <Notice kind="bad">{error}</Notice>}
      {refusal != null && <Refused refusal={refusal} />}
      {children}
    </AriaForm>
  );
}

/** The second click of a double click is no second wish, not even where the first was answered by then. */
function dropSecondClick(event: MouseEvent): void {
  const isSubmit = event.target instanceof Element && event.target.closest("[type=submit]") !== null;
  if (isSubmit && event.detail > 1) event.preventDefault();
}

/** Why something was refused, and how to go on from there. */
export function Refused({ refusal }: { readonly refusal: Refusal }): ReactElement {
  if (refusal.isSignedOut) return <SignedOut />;
  return <Notice kind="bad">{refusal.message}</Notice>;
}
