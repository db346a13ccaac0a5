import { type ReactElement, useState } from "react";
import { ChangeEmailAddress } from "../../generated/profile";
import { send } from "../../graphql/send";
import { useAction } from "../../graphql/use-action";
import { Button } from "../../ui/button";
import { Facts } from "../../ui/facts";
import { Form } from "../../ui/form";
import { Notice } from "../../ui/notice";
import { TextInput } from "../../ui/text-input";
import { useFilledIn } from "../../ui/use-filled-in";
import { say } from "../../words/say";
import { useViewer } from "../frame/viewer";

/** Asks for another mail address, which is taken once the link that goes there was followed. */
export function EmailAddressForm(): ReactElement {
  const { viewer } = useViewer();
  const [emailAddress, setEmailAddress] = useState("");
  const [message, setMessage] = useState<string | null>(null);
  const { check, missing } = useFilledIn();
  const { run, isPending, refusal } = useAction(async () => {
    setMessage(null);
    if (!check(emailAddress)) return;
    const { changeEmailAddress } = await send(ChangeEmailAddress, { input: { emailAddress } });
    setMessage(changeEmailAddress.message);
    setEmailAddress("");
  });
  const isUnreadable = refusal?.code === "BAD_USER_INPUT";
  return (
    <Form onSubmit={() => void run()} refusal={isUnreadable ? null : refusal}>
      <Facts facts={[[say.account.currentEmailAddress, viewer.emailAddress ?? say.account.noEmailAddress]]} />
      <TextInput
        label={say.account.newEmailAddress}
        hint={say.account.newEmailAddressHint}
        type="email"
        autoComplete="email"
        value={emailAddress}
        onChange={setEmailAddress}
        error={isUnreadable ? say.account.emailAddressRule : missing(emailAddress)}
      />
      {message !== null && <Notice kind="good">{message}</Notice>}
      <div className="row">
        <Button kind="main" type="submit" isPending={isPending}>
          {say.account.sendLink}
        </Button>
      </div>
    </Form>
  );
}
