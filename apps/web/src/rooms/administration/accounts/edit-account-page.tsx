import type { ReactElement, ReactNode } from "react";
import { Link } from "wouter";
import { useHistoryState } from "wouter/use-browser-location";
import { GetAccount } from "../../../generated/edit-account";
import { useQuery } from "../../../graphql/use-query";
import { Asked } from "../../../ui/asked";
import { PageTitle } from "../../../ui/card-page";
import { Notice } from "../../../ui/notice";
import { useTold } from "../../../ui/told";
import { say } from "../../../words/say";
import { useViewer } from "../../frame/viewer";
import type { Trail } from "../use-pages";
import { AccessPart } from "./access-part";
import { ApplicationsPart } from "./applications-part";
import type { Created } from "./create-account-form";
import { DeletePart } from "./delete-part";
import { type PartProps, type ResetState, resetStateOf } from "./edited-account";
import { PasswordPart } from "./password-part";
import { ProfilePart } from "./profile-part";
import { RolePart } from "./role-part";
import { SessionsPart } from "./sessions-part";
import { TokensPart } from "./tokens-part";
import { TwoFactorPart } from "./two-factor-part";

interface CameFrom extends Trail {
  /** What the list showed. */
  readonly list?: string;
  /** Where the account was made a moment ago. */
  readonly created?: Created;
}

/** Everything that an administrator sees and changes of one account. */
export function EditAccountPage({ id }: { readonly id: string }): ReactElement {
  const { viewer } = useViewer();
  const { list = "", trail, created } = useHistoryState<CameFrom | null>() ?? {};
  const [query, reload] = useQuery(GetAccount, { id });
  const [told, tell] = useTold();
  const done = (message: ReactNode): void => {
    tell(message);
    void reload();
  };
  return (
    <>
      <p>
        <Link href={list === "" ? "/accounts" : `/accounts?${list}`} state={{ trail }}>
          {say.editUser.back}
        </Link>
      </p>
      <Asked query={query} reload={reload}>
        {(data) => {
          const { account } = data;
          if (account === null) return <Gone />;
          const part = { account, isOwn: account.id === viewer.id, onDone: done };
          return (
            <div className="stack">
              <Head {...part} />
              {created !== undefined && (
                <Notice kind="good">{say.accounts.created(created.loginName, created.linkSentTo)}</Notice>
              )}
              {told}
              <Parts {...part} reset={resetStateOf(data)} onCreated={() => void reload()} />
            </div>
          );
        }}
      </Asked>
    </>
  );
}

function Gone(): ReactElement {
  return (
    <>
      <PageTitle>{say.everyPage.notFoundTitle}</PageTitle>
      <p>{say.editUser.gone}</p>
    </>
  );
}

function Head({ account, isOwn }: Pick<PartProps, "account" | "isOwn">): ReactElement {
  const kind = say.accounts.kinds[account.kind];
  return (
    <div>
      <PageTitle>{say.editUser.title(account.displayName)}</PageTitle>
      <p className="quiet">
        {account.loginName} · {kind} · {say.accounts.roles[account.role]}
      </p>
      {isOwn && <p>{say.editUser.yourself}</p>}
    </div>
  );
}

interface PartsProps extends PartProps {
  readonly reset: ResetState;
  readonly onCreated: () => void;
}

function Parts({ reset, onCreated, ...part }: PartsProps): ReactElement {
  return (
    <>
      <AccessPart {...part} />
      <TwoFactorPart {...part} reset={reset} />
      <ProfilePart {...part} />
      <RolePart {...part} />
      <PasswordPart {...part} />
      {part.account.kind !== "SERVICE" && <SessionsPart {...part} />}
      <TokensPart {...part} onCreated={onCreated} />
      <ApplicationsPart {...part} />
      <DeletePart {...part} />
    </>
  );
}
