import { type ReactElement, useState } from "react";
import { type AccountKind, CreateAccount } from "../../../generated/accounts";
import { send } from "../../../graphql/send";
import { emptyAmong, type Failure, isFailure, useChange } from "../../../graphql/use-change";
import { Button } from "../../../ui/button";
import { Choice } from "../../../ui/choice";
import { Form } from "../../../ui/form";
import { RadioChoice } from "../../../ui/radio-choice";
import { TextInput } from "../../../ui/text-input";
import { language } from "../../../words/language";
import { say } from "../../../words/say";
import { LANGUAGES, type Language } from "./languages";

const FIELDS = ["loginName", "displayName", "emailAddress", "locale", "kind", "password"];
const KINDS = ["PERSON", "GUEST", "SERVICE"] as const;
const WAYS = ["LINK", "TYPED"] as const;

interface Wanted {
  readonly kind: AccountKind;
  readonly loginName: string;
  readonly displayName: string;
  readonly emailAddress: string;
  readonly locale: Language;
  readonly passwordWay: (typeof WAYS)[number];
  readonly password: string;
}

const EMPTY: Wanted = {
  ...{ kind: "PERSON", loginName: "", displayName: "", emailAddress: "" },
  ...{ locale: language, passwordWay: "LINK", password: "" },
};

/** An account that was just made, and where a link to set its password went. */
export interface Created {
  readonly loginName: string;
  readonly linkSentTo: string | null;
}

interface CreateAccountFormProps {
  readonly onCreated: (id: string, created: Created) => void;
}

/** Asks what an account is made of. */
export function CreateAccountForm({ onCreated }: CreateAccountFormProps): ReactElement {
  const [wanted, setWanted] = useState(EMPTY);
  const change = (part: Partial<Wanted>): void => setWanted((before) => ({ ...before, ...part }));
  const { run, isPending, error, errorAt, refusal } = useChange(async () => {
    const missing = missingOf(wanted);
    if (missing !== null) return missing;
    const { createAccount } = await send(CreateAccount, { input: toInput(wanted) });
    if (isFailure(createAccount)) return createAccount;
    const { id, loginName } = createAccount.account;
    onCreated(id, { loginName, linkSentTo: hasLink(wanted) ? wanted.emailAddress : null });
    return null;
  }, FIELDS);
  const text = (name: "loginName" | "displayName" | "emailAddress") => ({
    ...{ label: say.accounts[name], value: wanted[name], error: errorAt(name), autoComplete: "off" as const },
    onChange: (value: string) => change({ [name]: value }),
  });
  return (
    <Form onSubmit={() => void run()} error={error} refusal={refusal}>
      <RadioChoice
        label={say.accounts.kind}
        value={wanted.kind}
        onChange={(kind) => change({ kind })}
        options={KINDS.map((value) => ({
          ...{ value, name: say.accounts.kinds[value], hint: say.accounts.kindHints[value] },
        }))}
      />
      <TextInput {...text("loginName")} />
      <TextInput {...text("displayName")} />
      <TextInput {...text("emailAddress")} type="email" isRequired={hasLink(wanted)} />
      <Choice
        label={say.accounts.language}
        value={wanted.locale}
        onChange={(locale) => change({ locale })}
        options={LANGUAGES}
      />
      {wanted.kind !== "SERVICE" && (
        <FirstPassword wanted={wanted} onChange={change} error={errorAt("password")} />
      )}
      <div className="row">
        <Button kind="main" type="submit" isPending={isPending}>
          {say.accounts.submit}
        </Button>
      </div>
    </Form>
  );
}

interface FirstPasswordProps {
  readonly wanted: Wanted;
  readonly onChange: (part: Partial<Wanted>) => void;
  readonly error: string | undefined;
}

function FirstPassword({ wanted, onChange, error }: FirstPasswordProps): ReactElement {
  const isTyped = wanted.passwordWay === "TYPED";
  return (
    <>
      <RadioChoice
        label={say.accounts.password}
        value={wanted.passwordWay}
        onChange={(passwordWay) => onChange({ passwordWay })}
        options={WAYS.map((value) => ({
          ...{ value, name: say.accounts.passwordWays[value], hint: say.accounts.passwordWayHints[value] },
        }))}
        error={isTyped ? undefined : error}
      />
      {isTyped && (
        <TextInput
          label={say.editUser.newPassword}
          type="password"
          autoComplete="new-password"
          value={wanted.password}
          onChange={(password) => onChange({ password })}
          error={error}
        />
      )}
    </>
  );
}

function hasLink({ kind, passwordWay }: Wanted): boolean {
  return kind !== "SERVICE" && passwordWay === "LINK";
}

/** What is not filled in; a link that is mailed needs an address. */
function missingOf({
  kind,
  loginName,
  displayName,
  emailAddress,
  passwordWay,
  password,
}: Wanted): Failure | null {
  const way = passwordWay === "TYPED" ? { password } : { emailAddress };
  return emptyAmong({ loginName, displayName, ...(kind !== "SERVICE" && way) });
}

/** Without a password a link to set one is mailed. */
function toInput({ kind, loginName, displayName, emailAddress, locale, passwordWay, password }: Wanted) {
  const isTyped = kind !== "SERVICE" && passwordWay === "TYPED";
  return {
    ...{ kind, loginName, displayName, locale },
    ...(emailAddress !== "" && { emailAddress }),
    ...(isTyped && { password }),
  };
}
