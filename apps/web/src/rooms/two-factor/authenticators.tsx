import { type ReactElement, useState } from "react";
import { Link } from "wouter";
import { Button } from "../../ui/button";
import { moment } from "../../words/formats";
import { say } from "../../words/say";
import { MAXIMUM_AUTHENTICATORS } from "./obstacle";
import { type Authenticator, type EnabledProps, methodsOf } from "./own-two-factor";
import { RemoveDialog } from "./remove-dialog";
import { RenameDialog } from "./rename-dialog";
import "./authenticators.css";

type Act = "rename" | "remove";

/** The person's authenticators: to rename, to remove, and the way to further ones. */
export function Authenticators({ own, onDone }: EnabledProps): ReactElement {
  const [asking, setAsking] = useState<{ what: Act; authenticator: Authenticator } | null>(null);
  const { authenticators = null, availability } = own.viewer?.twoFactor ?? {};
  const all = authenticators ?? [];
  const isDormant = availability === "NOT_ALLOWED";
  const dialog = { onDone, onClose: () => setAsking(null) };
  return (
    <>
      <h3 className="part-title">{say.twoFactorSettings.authenticators}</h3>
      <ul className="authenticators">
        {all.map((authenticator) => (
          <li key={authenticator.id}>
            <AuthenticatorFacts {...authenticator} />
            {!isDormant && (
              <Acts
                name={authenticator.name}
                canRemove={all.length > 1}
                onAsk={(what) => setAsking({ what, authenticator })}
              />
            )}
          </li>
        ))}
      </ul>
      {availability === "AVAILABLE" && <Further count={all.length} />}
      {asking?.what === "rename" && <RenameDialog authenticator={asking.authenticator} {...dialog} />}
      {asking?.what === "remove" && (
        <RemoveDialog authenticator={asking.authenticator} methods={methodsOf(own)} {...dialog} />
      )}
    </>
  );
}

/** What an authenticator is called, since when it is there, and when it was used. */
export function AuthenticatorFacts({ name, createdAt, lastUsedAt }: Authenticator): ReactElement {
  const used = lastUsedAt === null ? say.everyPage.never : moment(lastUsedAt);
  return (
    <div>
      <p>
        <strong>{name}</strong>
      </p>
      <p className="quiet">{say.twoFactorSettings.added(moment(createdAt))}</p>
      <p className="quiet">{say.twoFactorSettings.lastUsed(used)}</p>
    </div>
  );
}

interface ActsProps {
  readonly name: string;
  /** The last one cannot be removed. */
  readonly canRemove: boolean;
  readonly onAsk: (what: Act) => void;
}

function Acts({ name, canRemove, onAsk }: ActsProps): ReactElement {
  return (
    <div className="row">
      <Button aria-label={say.twoFactorSettings.renameOne(name)} onPress={() => onAsk("rename")}>
        {say.twoFactorSettings.rename}
      </Button>
      {canRemove && (
        <Button aria-label={say.twoFactorSettings.removeOne(name)} onPress={() => onAsk("remove")}>
          {say.twoFactorSettings.remove}
        </Button>
      )}
    </div>
  );
}

function Further({ count }: { readonly count: number }): ReactElement {
  if (count >= MAXIMUM_AUTHENTICATORS) return <p>{say.twoFactorSettings.maximum}</p>;
  return (
    <>
      <p>{count === 1 ? say.twoFactorSettings.onlyOne : say.twoFactorSettings.several}</p>
      <div className="row">
        <Link href="/two-factor/move" className="button button-other">
          {say.twoFactorSettings.move}
        </Link>
        <Link href="/two-factor/configure" className="button button-other">
          {say.twoFactorSettings.add}
        </Link>
      </div>
    </>
  );
}
