import type { ReactElement } from "react";
import { GetOwnTwoFactor } from "../../generated/own-two-factor";
import { useQuery } from "../../graphql/use-query";
import { Asked } from "../../ui/asked";
import { PageTitle } from "../../ui/card-page";
import { Section } from "../../ui/section";
import { say } from "../../words/say";
import { methodsOf } from "../two-factor/own-two-factor";
import { TwoFactorSection } from "../two-factor/two-factor-section";
import { ChangePasswordForm } from "./change-password-form";
import { LoginNameForm } from "./login-name-form";

/** What one logs in with: login name, password and second factor. */
export function LoginNameAndPasswordPage(): ReactElement {
  const [query, reload] = useQuery(GetOwnTwoFactor, {});
  return (
    <>
      <PageTitle>{say.account.loginNameAndPassword}</PageTitle>
      <Asked query={query} reload={reload}>
        {(own) => (
          <div className="stack">
            <TwoFactorSection own={own} reload={reload} />
            <Section title={say.login.loginName}>
              <LoginNameForm />
            </Section>
            <Section title={say.login.password}>
              <ChangePasswordForm
                methods={methodsOf(own)}
                minimumLength={own.securityPolicy.passwordMinimumLength}
              />
            </Section>
          </div>
        )}
      </Asked>
    </>
  );
}
