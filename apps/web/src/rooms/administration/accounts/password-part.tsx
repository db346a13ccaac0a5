import { type ReactElement, useState } from "react";
import { Link } from "wouter";
import { SetAccountPassword } from "../../../generated/edit-account";
import { send } from "../../../graphql/send";
import { emptyAmong } from "../../../graphql/use-change";
import { ConfirmedAct } from "../../../ui/confirmed-act";
import { Section } from "../../../ui/section";
import { TextInput } from "../../../ui/text-input";
import { say } from "../../../words/say";
import type { PartProps } from "./edited-account";

/** Another password for the account: set by its owner through a link, or by the administrator. */
export function PasswordPart(part: PartProps): ReactElement {
  return (
    <Section title={say.editUser.passwordTitle}>
      <Ways {...part} />
    </Section>
  );
}

function Ways(part: PartProps): ReactElement {
  const { account, isOwn } = part;
  if (account.kind === "SERVICE") return <p>{say.editUser.passwordOfService}</p>;
  if (isOwn)
    return (
      <p>
        <Link href="~/account/login-name-and-password">{say.editUser.ownPassword}</Link>
      </p>
    );
  return (
    <>
      {account.emailAddress === null && <p>{say.editUser.noMailAddress}</p>}
      <div className="row">
        {account.emailAddress !== null && <MailLink {...part} address={account.emailAddress} />}
        <SetPassword {...part} />
      </div>
    </>
  );
}

function MailLink({ account, onDone, address }: PartProps & { readonly address: string }): ReactElement {
  return (
    <ConfirmedAct
      act={say.editUser.mailLink}
      title={say.editUser.mailLinkTitle}
      onConfirm={async () =>
        (await send(SetAccountPassword, { input: { accountId: account.id } })).setAccountPassword
      }
      onDone={({ sessionsRevoked }) => onDone(say.editUser.linkMailed(sessionsRevoked))}
    >
      <p>{say.editUser.mailLinkHint(address)}</p>
    </ConfirmedAct>
  );
}

function SetPassword({ account, onDone }: PartProps): ReactElement {
  const [newPassword, setNewPassword] = useState("");
  const input = { accountId: account.id, newPassword };
  return (
    <ConfirmedAct
      act={say.editUser.setPassword}
      title={say.editUser.setPasswordTitle}
      fields={["newPassword"]}
      onConfirm={async () =>
        emptyAmong({ newPassword }) ?? (await send(SetAccountPassword, { input })).setAccountPassword
      }
      onDone={({ sessionsRevoked }) => {
        setNewPassword("");
        onDone(say.editUser.passwordSet(sessionsRevoked));
      }}
    >
      {(errorAt) => (
        <>
          <p>{say.editUser.setPasswordHint}</p>
          <TextInput
            label={say.editUser.newPassword}
            type="password"
            autoComplete="new-password"
            value={newPassword}
            onChange={setNewPassword}
            error={errorAt("newPassword")}
            autoFocus
          />
        </>
      )}
    </ConfirmedAct>
  );
}
