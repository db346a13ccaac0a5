import type { ReactElement } from "react";
import { Link, useLocation } from "wouter";
import { PageTitle } from "../../../ui/card-page";
import { say } from "../../../words/say";
import { CreateAccountForm } from "./create-account-form";

/** Makes an account, and goes on to it. */
export function CreateAccountPage(): ReactElement {
  const [, navigate] = useLocation();
  return (
    <>
      <p>
        <Link href="/accounts">{say.editUser.back}</Link>
      </p>
      <PageTitle>{say.accounts.create}</PageTitle>
      <section className="section" aria-label={say.accounts.create}>
        <CreateAccountForm onCreated={(id, created) => navigate(`/accounts/${id}`, { state: { created } })} />
      </section>
    </>
  );
}
