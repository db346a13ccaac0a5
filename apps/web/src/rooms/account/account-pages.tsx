import type { ReactElement } from "react";
import { Redirect, Route, Switch } from "wouter";
import { NothingHere } from "../../ui/not-found";
import { say } from "../../words/say";
import { ApiTokensPage } from "../api-tokens/api-tokens-page";
import { ApplicationsPage } from "../applications/applications-page";
import { Frame } from "../frame/frame";
import { SignedIn } from "../frame/viewer";
import { SessionsPage } from "../sessions/sessions-page";
import { ConfigurePage } from "../two-factor/configure-page";
import { MovePage } from "../two-factor/move-page";
import { LoginNameAndPasswordPage } from "./login-name-and-password-page";
import { ProfilePage } from "./profile-page";

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
      </Frame>
    </SignedIn>
  );
}
