import { type ReactElement, useState } from "react";
import { say } from "../words/say";
import { Button } from "./button";

/** Puts a text on the clipboard, and says that it did. */
export function CopyButton({
  text,
  label = say.everyPage.copy,
}: {
  text: string;
  label?: string;
}): ReactElement {
  const [isCopied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
  };
  return (
    <>
      <Button onPress={() => void copy()}>{isCopied ? say.everyPage.copied : label}</Button>
      <span className="visually-hidden" role="status">
        {isCopied ? say.everyPage.copied : ""}
      </span>
    </>
  );
}
