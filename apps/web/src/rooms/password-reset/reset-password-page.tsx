import { type ReactElement, useState } from "react";
import { ResetPassword, type ResetPasswordMutation } from "../../generated/password-reset";
import { send } from "../../graphql/send";
import { useAction } from "../../graphql/use-action";
import { Button } from "../../ui/button";
import { CardPage } from "../../ui/card-page";
import { Form } from "../../ui/form";
import { TextInput } from "../../ui/text-input";
import { useFilledIn } from "../../ui/use-filled-in";
import { say } from "../../words/say";
import { DeadLink } from "./dead-link";

type Fault = Exclude<ResetPasswordMutation["resetPassword"], { __typename: "PasswordReset" }>;

/** Sets a new password, behind a mailed link, and sends to the login: a link logs nobody in. */
export function ResetPasswordPage({ params }: { readonly params: { readonly token: string } }): ReactElement {
  const [wanted, setWanted] = useState("");
  const [repeated, setRepeated] = useState("");
  const [fault, setFault] = useState<Fault | "different" | null>(null);
  const { check, missing } = useFilledIn();
  const { run, isPending, refusal } = useAction(async () => {
    setFault(null);
    if (!check(wanted, repeated)) return;
    if (wanted !== repeated) return setFault("different");
    const input = { token: params.token, newPassword: wanted };
    const { resetPassword } = await send(ResetPassword, { input });
    if (resetPassword.__typename === "PasswordReset") return toLogin();
    setFault(resetPassword);
  });
  const refused = fault === "different" ? null : fault;
  const onward = { to: "/reset-password", name: say.passwordReset.newLink };
  return (
    <CardPage title={say.passwordReset.resetTitle}>
      {refused?.__typename === "InvalidMailToken" ? (
        <DeadLink message={refused.message} onward={onward} />
      ) : (
        <Form onSubmit={() => void run()} refusal={refusal}>
          <p>{say.passwordReset.resetIntroduction}</p>
          <TextInput
            label={say.passwordReset.newPassword}
            hint={say.passwordReset.newPasswordHint}
            type="password"
            autoComplete="new-password"
            value={wanted}
            onChange={setWanted}
            error={refused?.message ?? missing(wanted)}
            autoFocus
          />
          <TextInput
            label={say.passwordReset.repeat}
            type="password"
            autoComplete="new-password"
            value={repeated}
            onChange={setRepeated}
            error={fault === "different" ? say.passwordReset.different : missing(repeated)}
          />
          <Button kind="main" type="submit" isPending={isPending}>
            {say.passwordReset.setPassword}
          </Button>
        </Form>
      )}
    </CardPage>
  );
}

/** The link is used up: the way back leads past this page. */
function toLogin(): void {
  window.location.replace("/login?done=password-reset");
}
