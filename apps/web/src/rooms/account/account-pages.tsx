import { lazy, type ReactElement, Suspense } from "react";
import { Redirect, Route, Switch } from "wouter";
import { Loading } from "../../ui/loading";
import { NothingHere } from "../../ui/not-found";
import { say } from "../../words/say";
import { Frame } from "../frame/frame";
import { SignedIn } from "../frame/viewer";
import { ProfilePage } from "./profile-page";

const LoginNameAndPasswordPage = lazy(async () => ({
  default: (await import("./login-name-and-password-page")).LoginNameAndPasswordPage,
}));
const ConfigurePage = lazy(async () => ({
  default: (await import("../two-factor/configure-page")).ConfigurePage,
}));
const MovePage = lazy(async () => ({ default: (await import("../two-factor/move-page")).MovePage }));
const SessionsPage = lazy(async () => ({
  default: (await import("../sessions/sessions-page")).SessionsPage,
}));
const ApiTokensPage = lazy(async () => ({
  default: (await import("../api-tokens/api-tokens-page")).ApiTokensPage,
}));
const ApplicationsPage = lazy(async () => ({
  default: (await import("../applications/applications-page")).ApplicationsPage,
}));

/** Everything that people see and change of their own account. */
export function AccountPages(): ReactElement {
  return (
    <SignedIn>
      <Frame
        section="account"
        pages={[
          { path: "/profile", name: say.account.profile },
          {
            path: "/login-name-and-password",
            name: say.account.loginNameAndPassword,
            also: "/two-factor",
          },
          { path: "/sessions", name: say.sessions.title },
          { path: "/api-tokens", name: say.apiTokens.title },
          { path: "/applications", name: say.applications.title },
        ]}
      >
        <Suspense fallback={<Loading />}>
          <Switch>
            <Route path="/profile" component={ProfilePage} />
            <Route path="/login-name-and-password" component={LoginNameAndPasswordPage} />
            <Route path="/two-factor/configure" component={ConfigurePage} />
            <Route path="/two-factor/move" component={MovePage} />
            <Route path="/sessions" component={SessionsPage} />
            <Route path="/api-tokens" component={ApiTokensPage} />
            <Route path="/applications" component={ApplicationsPage} />
            <Route path="/">
              <Redirect to="/profile" replace />
            </Route>
            <Route component={NothingHere} />
          </Switch>
        </Suspense>
      </Frame>
    </SignedIn>
  );
}
