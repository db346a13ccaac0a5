import { type ReactElement, useState } from "react";
import { say } from "../words/say";
import { Button } from "./button";

interface CopyButtonProps {
  readonly text: string;
  /** What is copied, said to who does not see where the button stands: holds the button's own word. */
  readonly label?: string;
}

/** Puts a text on the clipboard, and says that it did. */
export function CopyButton({ text, label }: CopyButtonProps): ReactElement {
  const [isCopied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
  };
  return (
    <>
      <Button onPress={() => void copy()} {...(label !== undefined && !isCopied && { "aria-label": label })}>
        {isCopied ? say.everyPage.copied : say.everyPage.copy}
      </Button>
      <span className="visually-hidden" role="status">
        {isCopied ? say.everyPage.copied : ""}
      </span>
    </>
  );
}
