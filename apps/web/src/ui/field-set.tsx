import { type ReactElement, type ReactNode, useId } from "react";
import "./field-set.css";

interface FieldSetProps {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
  readonly children: ReactNode;
}

/** Fields that belong together, with what they are about, and what is wrong with them as a whole. */
export function FieldSet({ label, hint, error, children }: FieldSetProps): ReactElement {
  const id = useId();
  const described = [hint !== undefined && `${id}-hint`, error !== undefined && `${id}-error`];
  const describedBy = described.filter((each) => each !== false).join(" ");
  return (
    <fieldset
      className="field-set"
      {...(error !== undefined && { "data-invalid": true })}
      {...(describedBy !== "" && { "aria-describedby": describedBy })}
    >
      <legend>{label}</legend>
      {hint !== undefined && (
        <div id={`${id}-hint`} className="quiet">
          {hint}
        </div>
      )}
      {children}
      {error !== undefined && (
        <div id={`${id}-error`} className="field-error" role="alert">
          {error}
        </div>
      )}
    </fieldset>
  );
}
