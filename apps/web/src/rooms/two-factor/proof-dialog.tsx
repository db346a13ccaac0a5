import { type ReactElement, type ReactNode, useState } from "react";
import type { SecondFactorProof } from "../../generated/own-two-factor";
import { useAction } from "../../graphql/use-action";
import { ConfirmDialog } from "../../ui/confirm-dialog";
import { ProofInput, wrongProof } from "../../ui/proof-input";
import { useFilledIn } from "../../ui/use-filled-in";
import { useWait, WaitCounter } from "../../ui/wait";
import { say } from "../../words/say";
import { useProof } from "./use-proof";

interface ProofRefused {
  readonly __typename: string;
  readonly message: string;
  readonly lockedUntil?: string | null;
}

interface ProofDialogProps {
  readonly title: string;
  /** What the act is called, on its button. */
  readonly act: string;
  readonly kind?: "danger" | "main";
  readonly methods: readonly string[];
  /** Does what the proof opens, and says why not; null: it is done. */
  readonly prove: (proof: SecondFactorProof) => Promise<ProofRefused | null>;
  readonly onClose: () => void;
  /** What the act ends. */
  readonly children: ReactNode;
}

/** Asks for a proof of the second factor before an act, and says what the act ends. */
export function ProofDialog(props: ProofDialogProps): ReactElement {
  const { title, act, kind = "danger", methods, prove, onClose, children } = props;
  const proof = useProof(methods);
  const [refused, setRefused] = useState<ProofRefused | null>(null);
  const { check, missing } = useFilledIn();
  const { run, isPending, refusal } = useAction(async () => {
    setRefused(null);
    wait.waitUntil(null);
    if (!check(proof.value)) return;
    const answer = await prove(proof.proof);
    if (answer === null) return;
    proof.clear();
    setRefused(answer);
    wait.waitUntil(answer.lockedUntil ?? null);
  });
  const wait = useWait(refusal);
  const isWrong = refused?.__typename === "InvalidVerificationCode";
  return (
    <ConfirmDialog
      {...{ title, act, kind, isPending, onClose }}
      isOpen
      onConfirm={() => void run()}
      refusal={wait.isOver ? null : refusal}
      error={isWrong ? null : wait.trueOf(refused?.message ?? null)}
    >
      {children}
      <WaitCounter wait={wait} />
      <ProofInput
        {...proof.field}
        onMethod={(method) => {
          setRefused(null);
          proof.field.onMethod(method);
        }}
        error={isWrong ? wrongProof(proof.field.method) : missing(proof.value)}
        autoFocus
      />
      {proof.field.method === "TOTP" && <p className="quiet">{say.twoFactorSettings.codeOnce}</p>}
    </ConfirmDialog>
  );
}
