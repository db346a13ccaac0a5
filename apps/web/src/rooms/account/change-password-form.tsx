import type { ReactElement } from "react";
import { Button } from "../../ui/button";
import { Form } from "../../ui/form";
import { Notice } from "../../ui/notice";
import { ProofInput } from "../../ui/proof-input";
import { TextInput } from "../../ui/text-input";
import { WaitCounter } from "../../ui/wait";
import { say } from "../../words/say";
import { OwnName } from "../frame/own-name";
import { useChangePassword } from "./use-change-password";

interface ChangePasswordFormProps {
  /** By what the second factor can be proven; empty where none is asked for. */
  readonly methods: readonly string[];
  readonly minimumLength: number;
}

/** Changes the password by the current one and, where there is a second factor, a proof of it. */
export function ChangePasswordForm({ methods, minimumLength }: ChangePasswordFormProps): ReactElement {
  const form = useChangePassword(methods);
  const { proof, faultAt, missing, sessionsRevoked } = form;
  return (
    <Form onSubmit={form.submit} error={faultAt("whole")} refusal={form.refusal}>
      <p>{say.account.passwordEnds}</p>
      <WaitCounter wait={form.wait} />
      <OwnName />
      <TextInput
        label={say.account.currentPassword}
        type="password"
        autoComplete="current-password"
        value={form.current}
        onChange={form.setCurrent}
        error={faultAt("WrongPassword") ?? missing(form.current)}
      />
      <TextInput
        label={say.account.newPassword}
        hint={say.account.newPasswordHint(minimumLength)}
        type="password"
        autoComplete="new-password"
        value={form.wanted}
        onChange={form.setWanted}
        error={faultAt("WeakPassword") ?? missing(form.wanted)}
      />
      {form.isProofAsked && (
        <ProofInput {...proof.field} error={faultAt("InvalidVerificationCode") ?? missing(proof.value)} />
      )}
      {sessionsRevoked !== null && (
        <Notice kind="good">{say.account.passwordChanged(sessionsRevoked)}</Notice>
      )}
      <div className="row">
        <Button kind="main" type="submit" isPending={form.isPending}>
          {say.account.changePassword}
        </Button>
      </div>
    </Form>
  );
}
