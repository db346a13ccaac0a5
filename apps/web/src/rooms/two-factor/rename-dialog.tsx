import { type ReactElement, useState } from "react";
import { RenameAuthenticator } from "../../generated/own-two-factor";
import { send } from "../../graphql/send";
import { useAction } from "../../graphql/use-action";
import { ConfirmDialog } from "../../ui/confirm-dialog";
import { TextInput } from "../../ui/text-input";
import { useFilledIn } from "../../ui/use-filled-in";
import { say } from "../../words/say";
import type { Authenticator } from "./own-two-factor";

interface RenameDialogProps {
  readonly authenticator: Authenticator;
  readonly onDone: (message: string) => Promise<void>;
  readonly onClose: () => void;
}

/** Gives an authenticator another name. */
export function RenameDialog({ authenticator, onDone, onClose }: RenameDialogProps): ReactElement {
  const [name, setName] = useState(authenticator.name);
  const { check, missing } = useFilledIn();
  const { run, isPending, refusal } = useAction(async () => {
    if (!check(name)) return;
    await send(RenameAuthenticator, { input: { id: authenticator.id, name } });
    onClose();
    await onDone(say.twoFactorSettings.renamed(name.trim()));
  });
  return (
    <ConfirmDialog
      {...{ isPending, refusal, onClose }}
      title={say.twoFactorSettings.renameTitle}
      act={say.everyPage.save}
      kind="main"
      isOpen
      onConfirm={() => void run()}
    >
      <TextInput
        label={say.twoFactorSettings.name}
        value={name}
        onChange={setName}
        maxLength={100}
        error={missing(name)}
        autoFocus
      />
    </ConfirmDialog>
  );
}
