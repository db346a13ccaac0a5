import type { ReactElement } from "react";
import { PageTitle } from "../../ui/card-page";
import { Section } from "../../ui/section";
import { say } from "../../words/say";
import { EmailAddressForm } from "./email-address-form";
import { ProfileForm } from "./profile-form";

/** Name, language and mail address. */
export function ProfilePage(): ReactElement {
  return (
    <>
      <PageTitle>{say.account.profile}</PageTitle>
      <Section title={say.account.nameAndLanguage}>
        <ProfileForm />
      </Section>
      <Section title={say.account.emailAddress}>
        <EmailAddressForm />
      </Section>
    </>
  );
}
