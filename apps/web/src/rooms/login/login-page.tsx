import { type ReactElement, useState } from "react";
import { CardPage } from "../../ui/card-page";
import { loadLater } from "../../ui/load-later";
import { Loading } from "../../ui/loading";
import { Notice } from "../../ui/notice";
import { say } from "../../words/say";
import { CodePage } from "./code-page";
import { CodesLeft } from "./codes-left";
import { goOn } from "./go-on";
import type { Challenge, EnrollmentRequired, LoggedIn } from "./login-steps";
import { PasswordForm } from "./password-form";

const importRecoveryCodes = () => import("../two-factor/recovery-codes");
const RecoveryCodes = loadLater(async () => (await importRecoveryCodes()).RecoveryCodes, Loading);
const EnrollmentForm = loadLater(async () => {
  // The codes are given out once, so what shows them is here before.
  const [part] = await Promise.all([import("./enrollment-form"), importRecoveryCodes()]);
  return part.EnrollmentForm;
}, Loading);

type Step = "password" | Challenge | EnrollmentRequired | LoggedIn;

/** The login: name and password, then the code, or the set-up of a second factor. */
export function LoginPage(): ReactElement {
  const [step, setStep] = useState<Step>("password");
  const [loginName, setLoginName] = useState(
    () => new URLSearchParams(window.location.search).get("login_hint") ?? "",
  );
  const [notice, setNotice] = useState<string | null>(null);
  const startOver = (message: string | null): void => {
    setNotice(message);
    setStep("password");
  };
  const complete = (loggedIn: LoggedIn): void => {
    const hasNews = loggedIn.recoveryCodes !== null || loggedIn.recoveryCodesRemaining !== null;
    if (hasNews) setStep(loggedIn);
    else goOn();
  };
  const second = { onLoggedIn: complete, onStartOver: startOver };
  if (step === "password")
    return (
      <CardPage title={say.login.title}>
        <PasswordForm
          loginName={loginName}
          onLoginName={setLoginName}
          notice={notice}
          onSecondStep={setStep}
          onLoggedIn={goOn}
        />
      </CardPage>
    );
  switch (step.__typename) {
    case "TwoFactorChallenge":
      return <CodePage challenge={step} {...second} />;
    case "TwoFactorEnrollmentRequired":
      return (
        <CardPage title={say.login.enrollTitle}>
          <EnrollmentForm required={step} {...second} />
        </CardPage>
      );
    case "LoggedIn":
      return <News loggedIn={step} />;
  }
}

/** What is told once, before it goes on. */
function News({ loggedIn }: { readonly loggedIn: LoggedIn }): ReactElement {
  const { account, recoveryCodes, recoveryCodesRemaining } = loggedIn;
  if (recoveryCodes === null) return <CodesLeft left={recoveryCodesRemaining ?? 0} onGoOn={goOn} />;
  return (
    <CardPage title={say.login.keepCodes}>
      <Notice kind="good">{say.login.enrolled}</Notice>
      <RecoveryCodes codes={recoveryCodes} loginName={account.loginName} onKept={goOn} />
    </CardPage>
  );
}
