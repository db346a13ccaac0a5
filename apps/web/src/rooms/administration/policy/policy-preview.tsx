import { type ReactElement, useState } from "react";
import type {
  PreviewSecurityPolicyQuery,
  UpdateSecurityPolicyInput,
} from "../../../generated/security-policy";
import { UpdateSecurityPolicy } from "../../../generated/security-policy";
import { send } from "../../../graphql/send";
import { useAction } from "../../../graphql/use-action";
import { ConfirmDialog } from "../../../ui/confirm-dialog";
import { Facts } from "../../../ui/facts";
import { Notice } from "../../../ui/notice";
import { say } from "../../../words/say";
import { useViewer } from "../../frame/viewer";
import type { Policy } from "./policy-draft";
import { writeChanges } from "./write-changes";

/** A change that awaits its confirmation. */
export interface Previewed {
  readonly input: UpdateSecurityPolicyInput;
  readonly effects: PreviewSecurityPolicyQuery["previewSecurityPolicy"];
}

interface PolicyPreviewProps extends Previewed {
  readonly policy: Policy;
  readonly onSaved: (after: Policy) => void;
  readonly onClose: () => void;
}

/** Says what a change of the policy does, before it is saved. */
export function PolicyPreview({
  input,
  effects,
  policy,
  onSaved,
  onClose,
}: PolicyPreviewProps): ReactElement {
  const [error, setError] = useState<string | null>(null);
  const { run, isPending, refusal } = useAction(async () => {
    setError(null);
    const { updateSecurityPolicy: answer } = await send(UpdateSecurityPolicy, { input });
    if (answer.__typename === "SecurityPolicyUpdated") onSaved(answer.securityPolicy);
    else setError(answer.message);
  });
  return (
    <ConfirmDialog
      title={say.policy.previewTitle}
      act={say.policy.confirm}
      kind={effects.sessionsEnded + effects.passwordCallersAffected > 0 ? "danger" : "main"}
      isOpen
      isPending={isPending}
      onConfirm={() => void run()}
      onClose={onClose}
      error={error}
      refusal={refusal}
    >
      <h3>{say.policy.changes}</h3>
      <Facts facts={writeChanges(policy, input)} />
      <h3>{isFromDate(input, policy) ? say.policy.effectsFromDate : say.policy.effects}</h3>
      <Effects effects={effects} pause={pauseOf(policy.twoFactor, input.twoFactor ?? policy.twoFactor)} />
      <OwnSession input={input} />
    </ConfirmDialog>
  );
}

/** What becomes of the second factors that there are, where the rule pauses them or does so no more. */
function pauseOf(before: Policy["twoFactor"], after: Policy["twoFactor"]): string[] {
  if (before === after) return [];
  if (after === "FORBIDDEN") return [say.policy.twoFactorPaused];
  return before === "FORBIDDEN" ? [say.policy.twoFactorResumed] : [];
}

interface EffectsProps extends Pick<Previewed, "effects"> {
  readonly pause: readonly string[];
}

function Effects({ effects, pause }: EffectsProps): ReactElement {
  const sentences = [
    [effects.accountsWithoutTwoFactor, say.policy.withoutTwoFactor],
    [effects.passwordCallersAffected, say.policy.passwordCallers],
    [effects.sessionsEnded, say.policy.sessionsEnded],
    [effects.guestsExempt, say.policy.guestsExempt],
  ] as const;
  const counted = sentences.filter(([count]) => count > 0).map(([count, sentence]) => sentence(count));
  const told = [...pause, ...counted];
  if (told.length === 0) return <p>{say.policy.nobodyTouched}</p>;
  return (
    <ul>
      {told.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}

/** Whoever requires what they do not have ends their own session too. */
function OwnSession({ input }: Pick<Previewed, "input">): ReactElement | null {
  const { viewer } = useViewer();
  const isRequired = input.twoFactor?.startsWith("REQUIRED") === true && input.twoFactorRequiredFrom == null;
  if (!isRequired || viewer.twoFactor.state === "ENABLED") return null;
  return <Notice kind="warn">{say.policy.yourselfToo}</Notice>;
}

function isFromDate(input: Previewed["input"], policy: Policy): boolean {
  const after = { ...policy, ...input };
  return after.twoFactor === "REQUIRED" && after.twoFactorRequiredFrom !== null;
}
