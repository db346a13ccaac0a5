import type { ReactElement } from "react";
import { GetCredentialRules, type GetCredentialRulesQuery } from "../../../generated/credential-rules";
import { useQuery } from "../../../graphql/use-query";
import { Asked } from "../../../ui/asked";
import { Badge } from "../../../ui/badge";
import { DataTable } from "../../../ui/data-table";
import { say } from "../../../words/say";

type CredentialRule = GetCredentialRulesQuery["credentialRules"][number];
type Account = Pick<CredentialRule, "twoFactor" | "role">;

const CREDENTIALS = ["PASSWORD", "SESSION", "API_TOKEN", "OAUTH_TOKEN"] as const;
const WITHOUT: Account = { twoFactor: "DISABLED", role: "USER" };
const ADMINISTRATOR_WITHOUT: Account = { twoFactor: "DISABLED", role: "ADMINISTRATOR" };
const WITH: Account = { twoFactor: "ENABLED", role: "USER" };

/** Which credentials stand for whom once a rule is in force, as the server decides it. */
export function CredentialRules({ rule }: Pick<CredentialRule, "rule">): ReactElement {
  const [query, reload] = useQuery(GetCredentialRules, {});
  return (
    <div className="stack-tight">
      <h3>{say.policy.credentials}</h3>
      <p className="quiet">{say.policy.credentialsMean}</p>
      <Asked query={query} reload={reload}>
        {({ credentialRules }) => <Table rules={credentialRules.filter((each) => each.rule === rule)} />}
      </Asked>
    </div>
  );
}

function Table({ rules }: { readonly rules: readonly CredentialRule[] }): ReactElement {
  const verdict = ({
    twoFactor,
    role,
  }: Account): ((credential: CredentialRule["credential"]) => ReactElement) => {
    const stands = rules.filter(
      (rule) => rule.accepted && rule.twoFactor === twoFactor && rule.role === role,
    );
    return (credential) => <Verdict isAccepted={stands.some((rule) => rule.credential === credential)} />;
  };
  return (
    <DataTable
      caption={say.policy.credentials}
      columns={[
        { name: say.policy.credential, cell: (credential) => say.policy.credentialNames[credential] },
        { name: say.policy.withoutFactor, cell: verdict(WITHOUT) },
        { name: say.policy.administratorWithoutFactor, cell: verdict(ADMINISTRATOR_WITHOUT) },
        { name: say.policy.withFactor, cell: verdict(WITH) },
      ]}
      rows={CREDENTIALS}
      keyOf={(credential) => credential}
    />
  );
}

function Verdict({ isAccepted }: { readonly isAccepted: boolean }): ReactElement {
  return isAccepted ? (
    <Badge kind="good">{say.policy.accepted}</Badge>
  ) : (
    <Badge kind="bad">{say.policy.notAccepted}</Badge>
  );
}
