import type { ReactElement } from "react";
import { Route, Switch } from "wouter";
import { LoginPage } from "./rooms/login/login-page";
import { loadLater } from "./ui/load-later";
import { NotFound } from "./ui/not-found";

const AccountPages = loadLater(async () => (await import("./rooms/account/account-pages")).AccountPages);
const AdministrationPages = loadLater(
  async () => (await import("./rooms/administration/administration-pages")).AdministrationPages,
);
const ConfirmEmailPage = loadLater(
  async () => (await import("./rooms/password-reset/confirm-email-page")).ConfirmEmailPage,
);
const ConsentPage = loadLater(async () => (await import("./rooms/consent/consent-page")).ConsentPage);
const RequestResetPage = loadLater(
  async () => (await import("./rooms/password-reset/request-reset-page")).RequestResetPage,
);
const ResetPasswordPage = loadLater(
  async () => (await import("./rooms/password-reset/reset-password-page")).ResetPasswordPage,
);
const StepUpPage = loadLater(async () => (await import("./rooms/step-up/step-up-page")).StepUpPage);

/** Every page by its address. What the login does not need is loaded with its page. */
export function App(): ReactElement {
  return (
    <Switch>
      <Route path="/login" component={LoginPage} />
      <Route path="/step-up" component={StepUpPage} />
      <Route path="/reset-password" component={RequestResetPage} />
      <Route path="/reset-password/:token" component={ResetPasswordPage} />
      <Route path="/confirm-email/:token" component={ConfirmEmailPage} />
      <Route path="/consent/:id" component={ConsentPage} />
      <Route path="/account" nest component={AccountPages} />
      <Route path="/admin" nest component={AdministrationPages} />
      <Route component={NotFound} />
    </Switch>
  );
}
