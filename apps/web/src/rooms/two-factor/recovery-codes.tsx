import { type ReactElement, useState } from "react";
import { AskBeforeLeaving } from "../../ui/ask-before-leaving";
import { issuerName } from "../../ui/brand";
import { Button } from "../../ui/button";
import { Checkbox } from "../../ui/checkbox";
import { CopyButton } from "../../ui/copy-button";
import { say } from "../../words/say";
import "./recovery-codes.css";

interface RecoveryCodesProps {
  readonly codes: readonly string[];
  /** Whose they are; stands on what is printed and downloaded. */
  readonly loginName: string;
  /** Called when the person has confirmed that they kept them. */
  readonly onKept: () => void;
  /** What the button for going on says. */
  readonly act?: string;
}

/** Recovery codes, shown this once: to download, to print, to copy, and not to leave before they are kept. */
export function RecoveryCodes(props: RecoveryCodesProps): ReactElement {
  const { codes, loginName, onKept, act = say.twoFactorSetup.goOn } = props;
  const [isKept, setKept] = useState(false);
  const title = say.twoFactorSetup.sheet(issuerName, loginName);
  const sheet = `${title}\n\n${codes.join("\n")}\n\n${say.twoFactorSetup.codesHint}\n`;
  return (
    <div className="stack">
      <p>{say.twoFactorSetup.codesHint}</p>
      <div className="recovery-codes-sheet">
        <p className="recovery-codes-title">{title}</p>
        <ul className="recovery-codes" aria-label={say.twoFactorSetup.codes}>
          {codes.map((code) => (
            <li key={code}>
              <code>{code}</code>
            </li>
          ))}
        </ul>
      </div>
      <div className="row">
        <Button onPress={() => download(sheet)}>{say.twoFactorSetup.download}</Button>
        <Button onPress={() => window.print()}>{say.twoFactorSetup.print}</Button>
        <CopyButton text={codes.join("\n")} />
      </div>
      <Checkbox isSelected={isKept} onChange={setKept}>
        {say.twoFactorSetup.kept}
      </Checkbox>
      <div className="recovery-codes-end">
        <Button kind="main" isDisabled={!isKept} onPress={onKept}>
          {act}
        </Button>
      </div>
      {!isKept && (
        <AskBeforeLeaving title={say.twoFactorSetup.leaveTitle} act={say.twoFactorSetup.leave}>
          <p>{say.twoFactorSetup.leaveMeans}</p>
        </AskBeforeLeaving>
      )}
    </div>
  );
}

/** Hands a text to the browser as a file. */
function download(text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = say.twoFactorSetup.fileName;
  link.click();
  URL.revokeObjectURL(address);
}
