import type { ReactElement } from "react";
import { Redirect, Route, Switch } from "wouter";
import { NotFound, NothingHere } from "../../ui/not-found";
import { say } from "../../words/say";
import { Frame } from "../frame/frame";
import { SignedIn, useViewer } from "../frame/viewer";
import { AccountsPage } from "./accounts/accounts-page";
import { CreateAccountPage } from "./accounts/create-account-page";
import { EditAccountPage } from "./accounts/edit-account-page";
import { AuditPage } from "./audit/audit-page";
import { ClientPage } from "./clients/client-page";
import { ClientsPage } from "./clients/clients-page";
import { CreateClientPage } from "./clients/create-client-page";
import { PolicyPage } from "./policy/policy-page";
import { ResetsPage } from "./resets/resets-page";

const PAGES = [
  { path: "/accounts", name: say.administration.accounts },
  { path: "/policy", name: say.policy.title },
  { path: "/resets", name: say.resets.title },
  { path: "/clients", name: say.oauthClients.title },
  { path: "/audit", name: say.audit.title },
];

/** Everything that administrators see and change. */
export function AdministrationPages(): ReactElement {
  return (
    <SignedIn>
      <Pages />
    </SignedIn>
  );
}

function Pages(): ReactElement {
  const { viewer } = useViewer();
  if (viewer.role !== "ADMINISTRATOR") return <NotFound />;
  return (
    <Frame section="administration" pages={PAGES}>
      <Switch>
        <Route path="/">
          <Redirect to="/accounts" replace />
        </Route>
        <Route path="/accounts" component={AccountsPage} />
        <Route path="/accounts/new" component={CreateAccountPage} />
        <Route path="/accounts/:id">{({ id }) => <EditAccountPage key={id} id={id} />}</Route>
        <Route path="/policy" component={PolicyPage} />
        <Route path="/resets" component={ResetsPage} />
        <Route path="/clients" component={ClientsPage} />
        <Route path="/clients/new" component={CreateClientPage} />
        <Route path="/clients/:id">{({ id }) => <ClientPage key={id} id={id} />}</Route>
        <Route path="/audit" component={AuditPage} />
        <Route component={NothingHere} />
      </Switch>
    </Frame>
  );
}
