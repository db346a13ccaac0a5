import { type ReactElement, type ReactNode, useState } from "react";
import { Button } from "../../ui/button";
import { Form } from "../../ui/form";
import { Loading } from "../../ui/loading";
import { TextInput } from "../../ui/text-input";
import { say } from "../../words/say";
import { AuthenticatorSetup } from "./authenticator-setup";
import { type Confirmed, type Ends, useConfirmation } from "./use-confirmation";
import { type Enrolling, type Enrollment, useEnrollment } from "./use-enrollment";

const NOTHING: Ends = { revokeApiTokens: false, revokeAuthorizedApplications: false };

interface EnrollProps {
  /** Whether the device is given a name first, to tell it from the others. */
  readonly asksName?: boolean;
  /** What the button says that confirms it. */
  readonly act: string;
  readonly onConfirmed: (confirmed: Confirmed) => void;
  /** What the person chooses to end with it. */
  readonly choice?: (ends: Ends, onChange: (ends: Ends) => void) => ReactNode;
}

/** Sets an authenticator up: shows a fresh secret, and confirms it by the first code. */
export function Enroll(props: EnrollProps): ReactElement {
  const { asksName = false } = props;
  const [name, setName] = useState("");
  const enrolling = useEnrollment({ name, isAtOnce: !asksName });
  const { enrollment, error, refusal, isPending, isTurnedBack, begin } = enrolling;
  if (enrollment !== null)
    return <Confirm key={enrollment.id} {...props} enrollment={enrollment} enrolling={enrolling} />;
  if (isPending) return <Loading />;
  const isRefused = error !== null || refusal !== null;
  return (
    <Form onSubmit={begin} error={error} refusal={refusal}>
      {isTurnedBack && <p>{say.twoFactorSettings.proveFirst}</p>}
      {asksName && (
        <TextInput
          label={say.twoFactorSettings.deviceName}
          hint={say.twoFactorSettings.deviceNameHint}
          value={name}
          onChange={setName}
          isRequired={false}
          maxLength={100}
        />
      )}
      <div className="row">
        <Button type="submit" kind={isRefused ? "other" : "main"}>
          {isRefused ? say.everyPage.tryAgain : say.twoFactorSettings.showQrCode}
        </Button>
      </div>
    </Form>
  );
}

interface ConfirmProps extends EnrollProps {
  readonly enrollment: Enrollment;
  readonly enrolling: Enrolling;
}

function Confirm({ act, onConfirmed, choice, enrollment, enrolling }: ConfirmProps): ReactElement {
  const [ends, setEnds] = useState(NOTHING);
  const form = useConfirmation(enrollment, onConfirmed);
  const { isExpired } = form;
  return (
    <Form
      onSubmit={() => (isExpired ? enrolling.begin() : void form.run(ends))}
      error={form.error}
      refusal={form.refusal ?? enrolling.refusal}
    >
      {isExpired ? null : (
        <>
          <AuthenticatorSetup
            enrollment={enrollment}
            code={form.code}
            onCode={form.setCode}
            error={form.codeError}
          />
          {choice?.(ends, setEnds)}
        </>
      )}
      <div className="row">
        <Button kind="main" type="submit" isPending={form.isPending || enrolling.isPending}>
          {isExpired ? say.twoFactorSettings.newQrCode : act}
        </Button>
      </div>
    </Form>
  );
}
