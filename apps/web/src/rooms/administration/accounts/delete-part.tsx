import { type ReactElement, useState } from "react";
import { useLocation } from "wouter";
import { DeleteAccount } from "../../../generated/edit-account";
import { send } from "../../../graphql/send";
import { ConfirmedAct } from "../../../ui/confirmed-act";
import { Section } from "../../../ui/section";
import { TextInput } from "../../../ui/text-input";
import { say } from "../../../words/say";
import { hintsFor, type PartProps } from "./edited-account";

/** Deletes the account, once its login name was typed. */
export function DeletePart({ account, isOwn }: PartProps): ReactElement {
  const { id, loginName } = account;
  const [typed, setTyped] = useState("");
  const [, navigate] = useLocation();
  const destroy = async () => {
    if (typed.trim() !== loginName) return { message: say.editUser.deleteMismatch, path: ["loginName"] };
    return (await send(DeleteAccount, { input: { accountId: id } })).deleteAccount;
  };
  return (
    <Section title={say.editUser.deleteTitle}>
      <p>{hintsFor(account).delete}</p>
      <div className="row">
        <ConfirmedAct
          act={say.editUser.deleteAct}
          button="danger"
          title={say.editUser.deleteQuestion(loginName)}
          fields={["loginName"]}
          onConfirm={destroy}
          onDone={() =>
            isOwn
              ? window.location.assign("/login")
              : navigate("/accounts", { replace: true, state: { deleted: loginName } })
          }
        >
          {(errorAt) => (
            <>
              <p>{hintsFor(account).delete}</p>
              {isOwn && <p>{say.editUser.endsOwn}</p>}
              <TextInput
                label={say.editUser.deleteConfirmation(loginName)}
                autoComplete="off"
                value={typed}
                onChange={setTyped}
                error={errorAt("loginName")}
                autoFocus
              />
            </>
          )}
        </ConfirmedAct>
      </div>
    </Section>
  );
}
