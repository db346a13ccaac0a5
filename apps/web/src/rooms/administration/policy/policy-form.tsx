import { type ReactElement, useState } from "react";
import { PreviewSecurityPolicy } from "../../../generated/security-policy";
import { send } from "../../../graphql/send";
import { useChange } from "../../../graphql/use-change";
import { Button } from "../../../ui/button";
import { Form } from "../../../ui/form";
import { Notice } from "../../../ui/notice";
import { Told } from "../../../ui/told";
import { say } from "../../../words/say";
import { LoginFields } from "./login-fields";
import {
  changeOf,
  draftOf,
  faultsOf,
  type Policy,
  type PolicyDraft,
  type PolicyFaults,
} from "./policy-draft";
import { PolicyPreview, type Previewed } from "./policy-preview";
import { PasswordFields, SessionFields } from "./session-fields";
import { TwoFactorFields } from "./two-factor-fields";

interface Outcome {
  readonly kind: "good" | "info" | "bad";
  readonly message: string;
}

/** Every field of the policy; it is saved once the person has seen what it does. */
export function PolicyForm({ saved }: { readonly saved: Policy }): ReactElement {
  const [policy, setPolicy] = useState(saved);
  const [draft, setDraft] = useState(() => draftOf(saved));
  const [faults, setFaults] = useState<PolicyFaults>({});
  const [told, setTold] = useState<Outcome | null>(null);
  const [previewed, setPreviewed] = useState<Previewed | null>(null);
  const { run, isPending, error, refusal } = useChange(async () => {
    const found = faultsOf(draft);
    setFaults(found);
    setTold(null);
    if (Object.keys(found).length > 0) {
      setTold({ kind: "bad", message: say.policy.mistakes });
      return null;
    }
    const input = changeOf(draft, policy);
    if (Object.keys(input).length === 0) setTold({ kind: "info", message: say.policy.nothingChanged });
    else
      setPreviewed({ input, effects: (await send(PreviewSecurityPolicy, { input })).previewSecurityPolicy });
    return null;
  });
  const accept = (after: Policy): void => {
    setPolicy(after);
    setDraft(draftOf(after));
    setPreviewed(null);
    setTold({ kind: "good", message: say.policy.saved });
  };
  const change = (part: Partial<PolicyDraft>): void => setDraft((before) => ({ ...before, ...part }));
  const fields = { draft, faults, change };
  return (
    <>
      <Form onSubmit={() => void run()} error={error} refusal={refusal} label={say.policy.title}>
        <TwoFactorFields {...fields} policy={policy} />
        <LoginFields {...fields} />
        <SessionFields {...fields} />
        <PasswordFields {...fields} />
        {told?.kind === "good" && <Told>{told.message}</Told>}
        {told !== null && told.kind !== "good" && <Notice kind={told.kind}>{told.message}</Notice>}
        <div className="row">
          <Button kind="main" type="submit" isPending={isPending}>
            {say.policy.check}
          </Button>
        </div>
      </Form>
      {previewed !== null && (
        <PolicyPreview {...previewed} policy={policy} onSaved={accept} onClose={() => setPreviewed(null)} />
      )}
    </>
  );
}
