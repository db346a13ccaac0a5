import { type ReactElement, useEffect, useRef } from "react";
import { CodeInput } from "../../ui/code-input";
import { CopyButton } from "../../ui/copy-button";
import { say } from "../../words/say";
import "./authenticator-setup.css";

/** A secret that waits for its first code, as the server shows it this once. */
export interface ShownEnrollment {
  readonly otpauthUri: string;
  readonly manualKey: string;
  /** An SVG document. */
  readonly qrCode: string;
}

interface AuthenticatorSetupProps {
  readonly enrollment: ShownEnrollment;
  readonly code: string;
  readonly onCode: (code: string) => void;
  /** Called once six digits are there. */
  readonly onComplete?: (code: string) => void;
  readonly error?: string | undefined;
}

/** How to bring a secret into an authenticator app, and the field for its first code. Stands inside a form. */
export function AuthenticatorSetup(props: AuthenticatorSetupProps): ReactElement {
  const { enrollment, code, onCode, onComplete, error } = props;
  const steps = useRef<HTMLOListElement>(null);
  useEffect(() => {
    // What was pressed to come here is gone.
    if (document.activeElement === document.body) steps.current?.focus();
  }, []);
  return (
    <ol className="setup-steps" ref={steps} tabIndex={-1}>
      <li>
        <p>{say.twoFactorSetup.install}</p>
        <p className="quiet">{say.twoFactorSetup.apps}</p>
      </li>
      <li>
        <p>{say.twoFactorSetup.scan}</p>
        <img className="setup-picture" src={asAddress(enrollment.qrCode)} alt={say.twoFactorSetup.picture} />
        <Key {...enrollment} />
      </li>
      <li>
        <CodeInput
          label={say.twoFactorSetup.code}
          hint={say.twoFactorSetup.codeHint}
          value={code}
          onChange={onCode}
          {...(onComplete && { onComplete })}
          error={error}
        />
      </li>
    </ol>
  );
}

/** For whom no camera helps: the key to type, and a link that an app on this very device opens. */
function Key({ manualKey, otpauthUri }: ShownEnrollment): ReactElement {
  return (
    <div className="stack-tight">
      <p>{say.twoFactorSetup.typeKey}</p>
      <div className="setup-key-row">
        <code className="setup-key">{manualKey}</code>
        <CopyButton text={manualKey.replaceAll(" ", "")} label={say.twoFactorSetup.copyKey} />
      </div>
      <p>
        <a href={otpauthUri}>{say.twoFactorSetup.openApp}</a>
      </p>
    </div>
  );
}

/** The picture as an address that holds it: the page's policy lets no other in. */
function asAddress(svg: string): string {
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
