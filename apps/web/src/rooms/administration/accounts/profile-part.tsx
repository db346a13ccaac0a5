import { type ReactElement, useState } from "react";
import { ChangeAccountEmailAddress, UpdateAccount } from "../../../generated/edit-account";
import { send } from "../../../graphql/send";
import { emptyAmong, isFailure, useChange } from "../../../graphql/use-change";
import { Button } from "../../../ui/button";
import { Choice } from "../../../ui/choice";
import { Form } from "../../../ui/form";
import { Section } from "../../../ui/section";
import { TextInput } from "../../../ui/text-input";
import { say } from "../../../words/say";
import { hintsFor, type PartProps } from "./edited-account";
import { LANGUAGES, languageOf } from "./languages";

/** The names, the language and the mail address of the account. */
export function ProfilePart(part: PartProps): ReactElement {
  return (
    <Section title={say.editUser.profile}>
      <NamesForm {...part} />
      <EmailAddressForm {...part} />
    </Section>
  );
}

function NamesForm({ account, onDone }: PartProps): ReactElement {
  const [loginName, setLoginName] = useState(account.loginName);
  const [displayName, setDisplayName] = useState(account.displayName);
  const kept = languageOf(account.locale);
  const [locale, setLocale] = useState(kept);
  const { run, isPending, error, errorAt, refusal } = useChange(async () => {
    const missing = emptyAmong({ loginName, displayName });
    if (missing !== null) return missing;
    // A language that was not touched stays as precise as it is kept.
    const names = { accountId: account.id, loginName, displayName };
    const input = { ...names, ...(locale !== kept && { locale }) };
    const { updateAccount } = await send(UpdateAccount, { input });
    if (isFailure(updateAccount)) return updateAccount;
    onDone(say.everyPage.saved);
    return null;
  }, ["loginName", "displayName", "locale"]);
  return (
    <Form onSubmit={() => void run()} error={error} refusal={refusal} label={say.editUser.profile}>
      <TextInput
        label={say.editUser.loginName}
        hint={account.kind === "PERSON" ? say.editUser.loginNameHint : undefined}
        autoComplete="off"
        value={loginName}
        onChange={setLoginName}
        error={errorAt("loginName")}
      />
      <TextInput
        label={say.editUser.displayName}
        autoComplete="off"
        value={displayName}
        onChange={setDisplayName}
        error={errorAt("displayName")}
      />
      <Choice label={say.editUser.language} value={locale} onChange={setLocale} options={LANGUAGES} />
      <div className="row">
        <Button kind="main" type="submit" isPending={isPending}>
          {say.everyPage.save}
        </Button>
      </div>
    </Form>
  );
}

function EmailAddressForm({ account, onDone }: PartProps): ReactElement {
  const [emailAddress, setEmailAddress] = useState(account.emailAddress ?? "");
  const { run, isPending, error, errorAt, refusal } = useChange(async () => {
    const wanted = emailAddress.trim() === "" ? null : emailAddress.trim();
    // Sent once more, it would end what was mailed there.
    if (wanted === account.emailAddress)
      return { message: say.editUser.emailAddressSame, path: ["emailAddress"] };
    await send(ChangeAccountEmailAddress, { input: { accountId: account.id, emailAddress: wanted } });
    const told = [account.emailAddress, wanted].filter((address) => address !== null);
    onDone(say.editUser.emailAddressSaved(told.join(", ")));
    return null;
  }, ["emailAddress"]);
  return (
    <Form onSubmit={() => void run()} error={error} refusal={refusal} label={say.editUser.emailAddress}>
      <TextInput
        label={say.editUser.emailAddress}
        hint={hintsFor(account).emailAddress}
        type="email"
        autoComplete="off"
        value={emailAddress}
        onChange={setEmailAddress}
        error={errorAt("emailAddress")}
      />
      <div className="row">
        <Button kind="main" type="submit" isPending={isPending}>
          {say.editUser.saveEmailAddress}
        </Button>
      </div>
    </Form>
  );
}
