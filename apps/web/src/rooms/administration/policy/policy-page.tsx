import type { ReactElement } from "react";
import { GetSecurityPolicy } from "../../../generated/security-policy";
import { useQuery } from "../../../graphql/use-query";
import { Asked } from "../../../ui/asked";
import { PageTitle } from "../../../ui/card-page";
import { Facts } from "../../../ui/facts";
import { Section } from "../../../ui/section";
import { calendarDay } from "../../../words/formats";
import { say } from "../../../words/say";
import type { Policy } from "./policy-draft";
import { PolicyForm } from "./policy-form";
import "./policy.css";

/** The organization's security policy, and the day on which its trial began. */
export function PolicyPage(): ReactElement {
  const [query, reload] = useQuery(GetSecurityPolicy, {});
  return (
    <>
      <PageTitle>{say.policy.title}</PageTitle>
      <p>{say.policy.introduction}</p>
      <Asked query={query} reload={reload}>
        {({ securityPolicy }) => (
          <div className="stack">
            <PolicyForm saved={securityPolicy} />
            <Trial policy={securityPolicy} />
          </div>
        )}
      </Asked>
    </>
  );
}

function Trial({ policy }: { readonly policy: Policy }): ReactElement {
  return (
    <Section title={say.policy.trialTitle}>
      <Facts facts={[[say.policy.trialStartedOn, calendarDay(policy.trialStartedOn)]]} />
      <p className="quiet">{say.policy.trialMeans}</p>
    </Section>
  );
}
