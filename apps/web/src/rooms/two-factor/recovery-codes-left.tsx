import { type ReactElement, useState } from "react";
import { RegenerateRecoveryCodes } from "../../generated/own-two-factor";
import { send } from "../../graphql/send";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Notice } from "../../ui/notice";
import { say } from "../../words/say";
import { useViewer } from "../frame/viewer";
import { FEW_CODES } from "./few-codes";
import { type EnabledProps, methodsOf } from "./own-two-factor";
import { ProofDialog } from "./proof-dialog";
import { RecoveryCodes } from "./recovery-codes";

/** How many recovery codes remain, and the way to new ones. */
export function RecoveryCodesLeft({ own, onDone }: EnabledProps): ReactElement {
  const [isAsking, setAsking] = useState(false);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const count = own.viewer?.twoFactor.recoveryCodesRemaining ?? 0;
  const { viewer } = useViewer();
  return (
    <>
      <h3 className="part-title">{say.twoFactorSetup.codes}</h3>
      <p>{say.twoFactorSettings.codesLeft(count)}</p>
      {count <= FEW_CODES && (
        <Notice kind="warn">
          {count === 0 ? say.twoFactorSettings.codesNone : say.twoFactorSettings.codesFew}
        </Notice>
      )}
      <div className="row">
        <Button onPress={() => setAsking(true)}>{say.twoFactorSettings.renew}</Button>
      </div>
      {isAsking && (
        <RenewDialog methods={methodsOf(own)} onRenewed={setCodes} onClose={() => setAsking(false)} />
      )}
      <Dialog title={say.twoFactorSettings.newCodes} isOpen={codes !== null} onClose={() => undefined}>
        <RecoveryCodes
          codes={codes ?? []}
          loginName={viewer.loginName}
          onKept={() => {
            setCodes(null);
            void onDone(say.twoFactorSettings.renewed);
          }}
          act={say.twoFactorSettings.finish}
        />
      </Dialog>
    </>
  );
}

interface RenewDialogProps {
  readonly methods: readonly string[];
  readonly onRenewed: (codes: readonly string[]) => void;
  readonly onClose: () => void;
}

function RenewDialog({ methods, onRenewed, onClose }: RenewDialogProps): ReactElement {
  return (
    <ProofDialog
      title={say.twoFactorSettings.renewQuestion}
      act={say.twoFactorSettings.renew}
      kind="main"
      methods={methods}
      onClose={onClose}
      prove={async (proof) => {
        const { regenerateRecoveryCodes } = await send(RegenerateRecoveryCodes, { input: { proof } });
        if (regenerateRecoveryCodes.__typename !== "RecoveryCodesRegenerated") return regenerateRecoveryCodes;
        onClose();
        onRenewed(regenerateRecoveryCodes.recoveryCodes);
        return null;
      }}
    >
      <p>{say.twoFactorSettings.renewMeans}</p>
    </ProofDialog>
  );
}
