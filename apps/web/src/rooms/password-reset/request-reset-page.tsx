import { type ReactElement, useState } from "react";
import { RequestPasswordReset } from "../../generated/password-reset";
import { send } from "../../graphql/send";
import { useAction } from "../../graphql/use-action";
import { Button } from "../../ui/button";
import { CardPage } from "../../ui/card-page";
import { Form } from "../../ui/form";
import { TextInput } from "../../ui/text-input";
import { Told } from "../../ui/told";
import { useWait, WaitCounter } from "../../ui/wait";
import { say } from "../../words/say";
import { withNext } from "../login/go-on";
import "./password-reset.css";

/** Asks for whom a link to set a password is to be mailed; says afterwards that one may be on its way. */
export function RequestResetPage(): ReactElement {
  const [answer, setAnswer] = useState<string | null>(null);
  return (
    <CardPage title={say.passwordReset.requestTitle}>
      {answer === null ? <RequestForm onRequested={setAnswer} /> : <Told>{answer}</Told>}
      <p className="aside">
        <a href={withNext("/login")}>{say.passwordReset.toLogin}</a>
      </p>
    </CardPage>
  );
}

function RequestForm({ onRequested }: { readonly onRequested: (answer: string) => void }): ReactElement {
  const [loginName, setLoginName] = useState("");
  const [emailAddress, setEmailAddress] = useState("");
  const [isMissing, setMissing] = useState(false);
  const isEmpty = loginName.trim() === "" && emailAddress.trim() === "";
  const { run, isPending, refusal } = useAction(async () => {
    wait.waitUntil(null);
    const input = loginName.trim() === "" ? { emailAddress: emailAddress.trim() } : { loginName };
    onRequested((await send(RequestPasswordReset, { input })).requestPasswordReset.message);
  });
  const wait = useWait(refusal);
  const submit = (): void => {
    setMissing(isEmpty);
    if (!isEmpty) void run();
  };
  return (
    <Form onSubmit={submit} refusal={wait.isOver ? null : refusal}>
      <p>{say.passwordReset.requestIntroduction}</p>
      <WaitCounter wait={wait} />
      <TextInput
        label={say.login.loginName}
        autoComplete="username"
        value={loginName}
        onChange={setLoginName}
        error={isMissing && isEmpty ? say.passwordReset.oneOfThem : undefined}
        autoFocus
      />
      <p className="or quiet">{say.passwordReset.or}</p>
      <TextInput
        label={say.passwordReset.emailAddress}
        type="email"
        autoComplete="email"
        value={emailAddress}
        onChange={setEmailAddress}
      />
      <Button kind="main" type="submit" isPending={isPending}>
        {say.passwordReset.sendLink}
      </Button>
    </Form>
  );
}
