import type { ReactElement, ReactNode } from "react";
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from "react-aria-components/Button";
import "./button.css";

/** What a button looks like: the one main act of a form, another one, one that ends something, a link's look. */
export type ButtonKind = "main" | "other" | "danger" | "plain";

interface ButtonProps extends Omit<AriaButtonProps, "className" | "style" | "children"> {
  readonly kind?: ButtonKind;
  readonly children: ReactNode;
}

/** A button. While what it started is under way (`isPending`) it takes no further press, and says so. */
export function Button({ kind = "other", children, ...props }: ButtonProps): ReactElement {
  return (
    <AriaButton {...props} className={`button button-${kind}`}>
      {children}
    </AriaButton>
  );
}
