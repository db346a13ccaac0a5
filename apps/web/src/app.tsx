import { lazy, type ReactElement, Suspense } from "react";
import { Route, Switch } from "wouter";
import { LoginPage } from "./rooms/login/login-page";
import { Loading } from "./ui/loading";
import { NotFound } from "./ui/not-found";

const AccountPages = lazy(async () => ({
  default: (await import("./rooms/account/account-pages")).AccountPages,
}));
const AdministrationPages = lazy(async () => ({
  default: (await import("./rooms/administration/administration-pages")).AdministrationPages,
}));
const ConfirmEmailPage = lazy(async () => ({
  default: (await import("./rooms/password-reset/confirm-email-page")).ConfirmEmailPage,
}));
const ConsentPage = lazy(async () => ({
  default: (await import("./rooms/consent/consent-page")).ConsentPage,
}));
const RequestResetPage = lazy(async () => ({
  default: (await import("./rooms/password-reset/request-reset-page")).RequestResetPage,
}));
const ResetPasswordPage = lazy(async () => ({
  default: (await import("./rooms/password-reset/reset-password-page")).ResetPasswordPage,
}));
const StepUpPage = lazy(async () => ({ default: (await import("./rooms/step-up/step-up-page")).StepUpPage }));

/** Every page by its address. What the login does not need is loaded with its page. */
export function App(): ReactElement {
  return (
    <Suspense fallback={<Loading />}>
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
    </Suspense>
  );
}
