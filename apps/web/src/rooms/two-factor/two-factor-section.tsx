import type { ReactElement } from "react";
import { Section } from "../../ui/section";
import { useTold } from "../../ui/told";
import { say } from "../../words/say";
import { useViewer } from "../frame/viewer";
import { DisabledTwoFactor } from "./disabled-two-factor";
import { EnabledTwoFactor } from "./enabled-two-factor";
import type { OwnTwoFactor } from "./own-two-factor";

interface TwoFactorSectionProps {
  readonly own: OwnTwoFactor;
  readonly reload: () => Promise<void>;
}

/** The state of the person's second factor, and everything that can be done about it. */
export function TwoFactorSection({ own, reload }: TwoFactorSectionProps): ReactElement {
  const { reload: reloadViewer } = useViewer();
  const [told, tell] = useTold();
  const done = async (message: string): Promise<void> => {
    await Promise.all([reload(), reloadViewer()]);
    tell(message);
  };
  return (
    <Section title={say.twoFactorSettings.title}>
      {told}
      {own.viewer?.twoFactor.state === "ENABLED" ? (
        <EnabledTwoFactor own={own} onDone={done} />
      ) : (
        <DisabledTwoFactor own={own} />
      )}
    </Section>
  );
}
