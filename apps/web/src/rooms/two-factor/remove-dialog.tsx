import type { ReactElement } from "react";
import { RemoveAuthenticator } from "../../generated/own-two-factor";
import { send } from "../../graphql/send";
import { say } from "../../words/say";
import type { Authenticator } from "./own-two-factor";
import { ProofDialog } from "./proof-dialog";

interface RemoveDialogProps {
  readonly authenticator: Authenticator;
  readonly methods: readonly string[];
  readonly onDone: (message: string) => Promise<void>;
  readonly onClose: () => void;
}

/** Removes an authenticator, by a proof from any. */
export function RemoveDialog({ authenticator, methods, onDone, onClose }: RemoveDialogProps): ReactElement {
  const { id, name } = authenticator;
  return (
    <ProofDialog
      title={say.twoFactorSettings.removeQuestion(name)}
      act={say.twoFactorSettings.remove}
      methods={methods}
      onClose={onClose}
      prove={async (proof) => {
        const { removeAuthenticator } = await send(RemoveAuthenticator, { input: { id, proof } });
        if (removeAuthenticator.__typename !== "AuthenticatorRemoved") return removeAuthenticator;
        onClose();
        await onDone(say.twoFactorSettings.removed(name));
        return null;
      }}
    >
      <p>{say.twoFactorSettings.removeMeans}</p>
    </ProofDialog>
  );
}
