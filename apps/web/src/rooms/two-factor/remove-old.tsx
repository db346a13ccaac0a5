import { type ReactElement, useState } from "react";
import { useLocation } from "wouter";
import { GetOwnTwoFactor } from "../../generated/own-two-factor";
import { useQuery } from "../../graphql/use-query";
import { Asked } from "../../ui/asked";
import { Button } from "../../ui/button";
import { PageTitle } from "../../ui/card-page";
import { Notice } from "../../ui/notice";
import { useTold } from "../../ui/told";
import { say } from "../../words/say";
import { AuthenticatorFacts } from "./authenticators";
import { type Authenticator, methodsOf, type OwnTwoFactor } from "./own-two-factor";
import { RemoveDialog } from "./remove-dialog";

interface RemoveOldProps {
  /** The authenticator of the new phone. */
  readonly added: { readonly id: string; readonly name: string };
}

/** Offers to remove what is left of an old phone, now that the new one is there. */
export function RemoveOld({ added }: RemoveOldProps): ReactElement {
  const [query, reload] = useQuery(GetOwnTwoFactor, {});
  const [told, tell] = useTold();
  const [, navigate] = useLocation();
  const done = async (message: string): Promise<void> => {
    await reload();
    tell(message);
  };
  const hasMoved = query.state === "answered" && oldOf(query.data, added).length === 0;
  return (
    <>
      <PageTitle>{hasMoved ? say.twoFactorSettings.movedTitle : say.twoFactorSettings.moveSecond}</PageTitle>
      <section className="section">
        {told ?? <Notice kind="good">{say.twoFactorSettings.addedMeans(added.name)}</Notice>}
        <Asked query={query} reload={reload}>
          {(own) => <Old own={own} added={added} onDone={done} />}
        </Asked>
        <div className="row">
          <Button
            kind={hasMoved ? "main" : "other"}
            onPress={() => navigate("/login-name-and-password", { replace: true })}
          >
            {say.twoFactorSettings.finish}
          </Button>
        </div>
      </section>
    </>
  );
}

interface OldProps extends RemoveOldProps {
  readonly own: OwnTwoFactor;
  readonly onDone: (message: string) => Promise<void>;
}

function Old({ own, added, onDone }: OldProps): ReactElement {
  const [removing, setRemoving] = useState<Authenticator | null>(null);
  const old = oldOf(own, added);
  if (old.length === 0) return <p>{say.twoFactorSettings.moved}</p>;
  return (
    <div className="stack">
      <p>{say.twoFactorSettings.moveRemove}</p>
      <ul className="authenticators">
        {old.map((authenticator) => (
          <li key={authenticator.id}>
            <AuthenticatorFacts {...authenticator} />
            <Button
              kind="main"
              aria-label={say.twoFactorSettings.removeOne(authenticator.name)}
              onPress={() => setRemoving(authenticator)}
            >
              {say.twoFactorSettings.remove}
            </Button>
          </li>
        ))}
      </ul>
      {removing !== null && (
        <RemoveDialog
          authenticator={removing}
          methods={methodsOf(own)}
          onDone={onDone}
          onClose={() => setRemoving(null)}
        />
      )}
    </div>
  );
}

function oldOf(own: OwnTwoFactor, added: RemoveOldProps["added"]): readonly Authenticator[] {
  return (own.viewer?.twoFactor.authenticators ?? []).filter(({ id }) => id !== added.id);
}
