import type { ReactElement } from "react";
import { useLocation } from "wouter";
import { ChangeAccountRole } from "../../../generated/edit-account";
import { send } from "../../../graphql/send";
import { ConfirmedAct } from "../../../ui/confirmed-act";
import { Section } from "../../../ui/section";
import { say } from "../../../words/say";
import type { PartProps } from "./edited-account";

/** Whether the account administers. */
export function RolePart({ account, isOwn, onDone }: PartProps): ReactElement {
  const [, navigate] = useLocation();
  const other = account.role === "USER" ? "ADMINISTRATOR" : "USER";
  return (
    <Section title={say.editUser.roleTitle}>
      <p>{say.editUser.roleNow[account.role]}</p>
      {account.kind === "GUEST" ? (
        <p>{say.editUser.roleOfGuest}</p>
      ) : (
        <div className="row">
          <ConfirmedAct
            act={say.editUser.roleActs[other]}
            title={say.editUser.roleTitles[other]}
            kind={other === "USER" ? "danger" : "main"}
            onConfirm={async () =>
              (await send(ChangeAccountRole, { input: { accountId: account.id, role: other } }))
                .changeAccountRole
            }
            onDone={() => (isOwn ? navigate("~/account") : onDone(say.editUser.roleChanged))}
          >
            <p>{say.editUser.roleHints[other]}</p>
            {other === "ADMINISTRATOR" && account.kind === "PERSON" && <p>{say.editUser.roleEndsSessions}</p>}
            {isOwn && <p>{say.editUser.leavesAdministration}</p>}
          </ConfirmedAct>
        </div>
      )}
    </Section>
  );
}
