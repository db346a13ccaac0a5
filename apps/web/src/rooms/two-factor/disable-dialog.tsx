import type { ReactElement } from "react";
import { DisableTwoFactor } from "../../generated/own-two-factor";
import { send } from "../../graphql/send";
import { say } from "../../words/say";
import { ProofDialog } from "./proof-dialog";

interface DisableDialogProps {
  readonly methods: readonly string[];
  readonly onDone: (message: string) => Promise<void>;
  readonly onClose: () => void;
}

/** Disables two-factor authentication, by a proof of it. */
export function DisableDialog({ methods, onDone, onClose }: DisableDialogProps): ReactElement {
  return (
    <ProofDialog
      title={say.twoFactorSettings.disableQuestion}
      act={say.twoFactorSettings.disable}
      methods={methods}
      onClose={onClose}
      prove={async (proof) => {
        const { disableTwoFactor } = await send(DisableTwoFactor, { input: { proof } });
        if (disableTwoFactor.__typename !== "TwoFactorDisabled") return disableTwoFactor;
        onClose();
        await onDone(say.twoFactorSettings.disabledNow(disableTwoFactor.sessionsRevoked));
        return null;
      }}
    >
      <p>{say.twoFactorSettings.disableMeans}</p>
      <p>{say.twoFactorSettings.disableEnds}</p>
    </ProofDialog>
  );
}
