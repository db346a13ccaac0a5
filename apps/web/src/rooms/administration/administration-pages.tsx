import { lazy, type ReactElement, Suspense } from "react";
import { Redirect, Route, Switch } from "wouter";
import { Loading } from "../../ui/loading";
import { NotFound, NothingHere } from "../../ui/not-found";
import { say } from "../../words/say";
import { Frame } from "../frame/frame";
import { SignedIn, useViewer } from "../frame/viewer";

const AccountsPage = lazy(async () => ({ default: (await import("./accounts/accounts-page")).AccountsPage }));
const CreateAccountPage = lazy(async () => ({
  default: (await import("./accounts/create-account-page")).CreateAccountPage,
}));
const EditAccountPage = lazy(async () => ({
  default: (await import("./accounts/edit-account-page")).EditAccountPage,
}));

const PolicyPage = lazy(async () => ({ default: (await import("./policy/policy-page")).PolicyPage }));
const ResetsPage = lazy(async () => ({ default: (await import("./resets/resets-page")).ResetsPage }));
const ClientsPage = lazy(async () => ({ default: (await import("./clients/clients-page")).ClientsPage }));
const CreateClientPage = lazy(async () => ({
  default: (await import("./clients/create-client-page")).CreateClientPage,
}));
const ClientPage = lazy(async () => ({ default: (await import("./clients/client-page")).ClientPage }));
const AuditPage = lazy(async () => ({ default: (await import("./audit/audit-page")).AuditPage }));

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
      <Suspense fallback={<Loading />}>
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
      </Suspense>
    </Frame>
  );
}
