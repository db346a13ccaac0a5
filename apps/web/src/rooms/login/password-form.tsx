import { type ReactElement, useRef, useState } from "react";
import { LogIn, type LogInMutation } from "../../generated/login";
import { send } from "../../graphql/send";
import { useAction } from "../../graphql/use-action";
import { Button } from "../../ui/button";
import { Form } from "../../ui/form";
import { Notice } from "../../ui/notice";
import { focusWhole, TextInput } from "../../ui/text-input";
import { useWait, WaitCounter } from "../../ui/wait";
import { say } from "../../words/say";
import { withNext } from "./go-on";
import type { Challenge, EnrollmentRequired } from "./login-steps";

interface PasswordFormProps {
  readonly loginName: string;
  readonly onLoginName: (loginName: string) => void;
  /** Why the person is here again. */
  readonly notice: string | null;
  readonly onSecondStep: (step: Challenge | EnrollmentRequired) => void;
  readonly onLoggedIn: () => void;
}

/** Takes login name and password. */
export function PasswordForm(props: PasswordFormProps): ReactElement {
  const { loginName, onLoginName } = props;
  const [password, setPassword] = useState("");
  const { error, missing, submit, isPending, refusal, wait, passwordInput } = usePasswordStep(
    props,
    password,
  );
  // Where the name is there already, the password is what is missing.
  const [beginsAtPassword] = useState(loginName !== "");
  return (
    <Form onSubmit={submit} error={wait.trueOf(error)} refusal={wait.isOver ? null : refusal}>
      <Done />
      <WaitCounter wait={wait} />
      <TextInput
        label={say.login.loginName}
        name="loginName"
        autoComplete="username"
        value={loginName}
        onChange={(typed) => {
          onLoginName(typed);
          // Another account is another lock.
          wait.waitUntil(null);
        }}
        error={missing && loginName.trim() === "" ? say.everyPage.fillIn : undefined}
        autoFocus={!beginsAtPassword}
      />
      <TextInput
        label={say.login.password}
        name="password"
        type="password"
        autoComplete="current-password"
        value={password}
        onChange={setPassword}
        error={missing && password === "" ? say.everyPage.fillIn : undefined}
        autoFocus={beginsAtPassword}
        inputRef={passwordInput}
      />
      <Button kind="main" type="submit" isPending={isPending}>
        {say.login.submit}
      </Button>
      <p className="aside">
        <a href={withNext("/reset-password")}>{say.login.forgotPassword}</a>
      </p>
    </Form>
  );
}

/** The first step, and what came of it. */
function usePasswordStep(
  { loginName, notice, onSecondStep, onLoggedIn }: PasswordFormProps,
  password: string,
) {
  const [error, setError] = useState(notice);
  const [missing, setMissing] = useState(false);
  const { run, isPending, refusal } = useAction(async () => {
    setError(null);
    wait.waitUntil(null);
    const { login } = await send(LogIn, { input: { loginName, password, useCookie: true } });
    if (login.__typename === "LoggedIn") return onLoggedIn();
    if (isSecondStep(login)) return onSecondStep(login);
    setError(login.message);
    if (login.__typename === "AccountLocked") wait.waitUntil(login.lockedUntil);
    if (login.__typename === "InvalidLogin") focusWhole(passwordInput.current);
  });
  const wait = useWait(refusal);
  const passwordInput = useRef<HTMLInputElement>(null);
  const submit = (): void => {
    const isEmpty = loginName.trim() === "" || password === "";
    setMissing(isEmpty);
    if (!isEmpty) void run();
  };
  return { error, missing, submit, isPending, refusal, wait, passwordInput };
}

function isSecondStep(login: LogInMutation["login"]): login is Challenge | EnrollmentRequired {
  return login.__typename === "TwoFactorChallenge" || login.__typename === "TwoFactorEnrollmentRequired";
}

/** Something that was just done elsewhere. */
function Done(): ReactElement | null {
  const done = new URLSearchParams(window.location.search).get("done");
  return done === "password-reset" ? <Notice kind="good">{say.login.passwordSet}</Notice> : null;
}
