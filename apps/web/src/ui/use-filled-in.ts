import { useState } from "react";
import { say } from "../words/say";

interface FilledIn {
  /** Whether none of what a form asks for is empty; from then on the empty fields say so. */
  readonly check: (...values: readonly string[]) => boolean;
  /** What a field says of its value. */
  readonly missing: (value: string) => string | undefined;
}

/** Keeps a form from being sent with an empty field, which would be an attempt, or come back refused. */
export function useFilledIn(): FilledIn {
  const [isChecked, setChecked] = useState(false);
  return {
    check: (...values) => {
      const isFilledIn = values.every((value) => value.trim() !== "");
      setChecked(!isFilledIn);
      return isFilledIn;
    },
    missing: (value) => (isChecked && value.trim() === "" ? say.everyPage.fillIn : undefined),
  };
}
