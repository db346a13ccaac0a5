import { type ReactElement, useState } from "react";
import { UpdateProfile } from "../../generated/profile";
import { send } from "../../graphql/send";
import { useAction } from "../../graphql/use-action";
import { Button } from "../../ui/button";
import { Choice } from "../../ui/choice";
import { Form } from "../../ui/form";
import { Notice } from "../../ui/notice";
import { TextInput } from "../../ui/text-input";
import { Told } from "../../ui/told";
import { useFilledIn } from "../../ui/use-filled-in";
import { language } from "../../words/language";
import { say } from "../../words/say";
import { useViewer } from "../frame/viewer";

/** Each language under its own name: whoever chose a wrong one finds back. */
const LANGUAGES = [
  { value: "en", name: "English" },
  { value: "ja", name: "日本語" },
] as const;

/** Changes the display name and the language of the pages. */
export function ProfileForm(): ReactElement {
  const { viewer, reload } = useViewer();
  const [displayName, setDisplayName] = useState(viewer.displayName);
  const [locale, setLocale] = useState(language);
  const [isSavedBefore, setSavedBefore] = useState(wasSaved);
  const [isSaved, setSaved] = useState(false);
  const { check, missing } = useFilledIn();
  const { run, isPending, refusal } = useAction(async () => {
    setSaved(false);
    setSavedBefore(false);
    if (!check(displayName)) return;
    // A language that was not touched stays as precise as it is kept.
    await send(UpdateProfile, { input: { displayName, ...(locale !== language && { locale }) } });
    if (locale !== language) return reloadAndTell();
    await reload();
    setSaved(true);
  });
  return (
    <Form onSubmit={() => void run()} refusal={refusal}>
      <TextInput
        label={say.account.displayName}
        hint={say.account.displayNameHint}
        autoComplete="name"
        maxLength={100}
        value={displayName}
        onChange={setDisplayName}
        error={missing(displayName)}
      />
      <Choice
        label={say.account.language}
        hint={say.account.languageHint}
        options={LANGUAGES}
        value={locale}
        onChange={setLocale}
      />
      {isSavedBefore && <Told>{say.everyPage.saved}</Told>}
      {isSaved && <Notice kind="good">{say.everyPage.saved}</Notice>}
      <div className="row">
        <Button kind="main" type="submit" isPending={isPending}>
          {say.everyPage.save}
        </Button>
      </div>
    </Form>
  );
}

/** The pages speak one language from the start; in the new one they say what the old ones would have. */
function reloadAndTell(): void {
  window.history.replaceState({ isSaved: true }, "");
  window.location.reload();
}

function wasSaved(): boolean {
  const { isSaved = false } = (window.history.state ?? {}) as { isSaved?: boolean };
  if (isSaved) window.history.replaceState(null, "");
  return isSaved;
}
