import { type ReactElement, useState } from "react";
import { ChangeLoginName } from "../../generated/login-name-and-password";
import { send } from "../../graphql/send";
import { useAction } from "../../graphql/use-action";
import { Button } from "../../ui/button";
import { Form } from "../../ui/form";
import { Notice } from "../../ui/notice";
import { TextInput } from "../../ui/text-input";
import { useFilledIn } from "../../ui/use-filled-in";
import { say } from "../../words/say";
import { useViewer } from "../frame/viewer";

/** Changes the name that one logs in with. */
export function LoginNameForm(): ReactElement {
  const { viewer, reload } = useViewer();
  const [loginName, setLoginName] = useState(viewer.loginName);
  const [message, setMessage] = useState<string | null>(null);
  const [error, setError] = useState<string | undefined>();
  const { check, missing } = useFilledIn();
  const { run, isPending, refusal } = useAction(async () => {
    setMessage(null);
    setError(undefined);
    if (!check(loginName)) return;
    const { changeLoginName } = await send(ChangeLoginName, { input: { loginName } });
    if (changeLoginName.__typename === "LoginNameTaken") return setError(changeLoginName.message);
    const { loginName: after } = changeLoginName.account;
    setLoginName(after);
    setMessage(
      after === viewer.loginName ? say.account.loginNameSame(after) : say.account.loginNameChanged(after),
    );
    await reload();
  });
  const isUnreadable = refusal?.code === "BAD_USER_INPUT";
  return (
    <Form onSubmit={() => void run()} refusal={isUnreadable ? null : refusal}>
      <TextInput
        label={say.login.loginName}
        hint={say.account.loginNameHint}
        autoComplete="username"
        maxLength={128}
        value={loginName}
        onChange={setLoginName}
        error={isUnreadable ? say.account.loginNameRule : (error ?? missing(loginName))}
      />
      {message !== null && <Notice kind="good">{message}</Notice>}
      <div className="row">
        <Button kind="main" type="submit" isPending={isPending}>
          {say.account.changeLoginName}
        </Button>
      </div>
    </Form>
  );
}
