import { type ReactElement, useState } from "react";
import { ConfirmEmailAddress, type ConfirmEmailAddressMutation } from "../../generated/password-reset";
import { send } from "../../graphql/send";
import { useAction } from "../../graphql/use-action";
import { Button } from "../../ui/button";
import { CardPage } from "../../ui/card-page";
import { Form } from "../../ui/form";
import { Told } from "../../ui/told";
import { say } from "../../words/say";
import { DeadLink } from "./dead-link";

type Answer = ConfirmEmailAddressMutation["confirmEmailAddress"];

/** Confirms a mail address, behind a mailed link: what follows links to look at them confirms nothing. */
export function ConfirmEmailPage({ params }: { readonly params: { readonly token: string } }): ReactElement {
  const [answer, setAnswer] = useState<Answer | null>(null);
  const { run, isPending, refusal } = useAction(async () => {
    const input = { token: params.token };
    setAnswer((await send(ConfirmEmailAddress, { input })).confirmEmailAddress);
  });
  return (
    <CardPage title={say.passwordReset.confirmTitle}>
      {answer === null ? (
        <Form onSubmit={() => void run()} refusal={refusal}>
          <p>{say.passwordReset.confirmIntroduction}</p>
          <Button kind="main" type="submit" isPending={isPending}>
            {say.passwordReset.confirm}
          </Button>
        </Form>
      ) : (
        <Answered answer={answer} />
      )}
    </CardPage>
  );
}

function Answered({ answer }: { readonly answer: Answer }): ReactElement {
  const onward = { to: "/account", name: say.everyPage.toAccount };
  if (answer.__typename === "InvalidMailToken")
    return <DeadLink message={answer.message} hint={say.passwordReset.confirmAgain} onward={onward} />;
  return (
    <>
      <Told>{answer.message}</Told>
      <p className="aside">
        <a href={onward.to}>{onward.name}</a>
      </p>
    </>
  );
}
