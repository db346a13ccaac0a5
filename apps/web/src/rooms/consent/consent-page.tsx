import { type ReactElement, useState } from "react";
import {
  AnswerAuthorizationRequest,
  GetAuthorizationRequest,
  type GetAuthorizationRequestQuery,
} from "../../generated/consent";
import { send } from "../../graphql/send";
import { useAction } from "../../graphql/use-action";
import { useQuery } from "../../graphql/use-query";
import { Asked } from "../../ui/asked";
import { issuerName } from "../../ui/brand";
import { Button } from "../../ui/button";
import { CardPage } from "../../ui/card-page";
import { Form } from "../../ui/form";
import { Notice } from "../../ui/notice";
import { say } from "../../words/say";
import { SignedIn, useViewer } from "../frame/viewer";
import { StepUpDialog } from "../step-up/step-up-dialog";
import { NotMe } from "./not-me";
import "./consent.css";

/** What an application asks for. */
type Request = NonNullable<GetAuthorizationRequestQuery["authorizationRequest"]>;

/** Asks whether an application may have what it asks for. */
export function ConsentPage({ params }: { readonly params: { readonly id: string } }): ReactElement {
  return (
    <SignedIn>
      <Question id={params.id} />
      <StepUpDialog />
    </SignedIn>
  );
}

function Question({ id }: { readonly id: string }): ReactElement {
  const [query, reload] = useQuery(GetAuthorizationRequest, { id });
  const [gone, setGone] = useState<string | null>(null);
  if (gone !== null) return <Gone message={gone} />;
  if (query.state === "answered" && query.data.authorizationRequest === null)
    return <Gone message={say.consent.gone} />;
  return (
    <CardPage title={say.consent.title(issuerName)}>
      <Asked query={query} reload={reload}>
        {({ authorizationRequest }) =>
          authorizationRequest && <Answers request={authorizationRequest} onGone={setGone} />
        }
      </Asked>
    </CardPage>
  );
}

interface AnswersProps {
  readonly request: Request;
  readonly onGone: (message: string) => void;
}

function Answers({ request, onGone }: AnswersProps): ReactElement {
  const { viewer } = useViewer();
  const { id, application, redirectHost, scopes, scopeMeanings, accessLifetimeSeconds } = request;
  const { run, isPending, refusal } = useAction(async (allow: boolean) => {
    const { answerAuthorizationRequest: answer } = await send(AnswerAuthorizationRequest, {
      input: { id, allow },
    });
    if (answer.__typename !== "AuthorizationRequestAnswered") return onGone(answer.message);
    await leaveFor(answer.redirectTo);
  });
  return (
    <div className="stack">
      <Form onSubmit={() => void run(true)} refusal={refusal}>
        <p>{say.consent.asks(application.name, redirectHost)}</p>
        <ul className="consent-scopes">
          {scopes.map((scope, index) => (
            <li key={scope}>{scopeMeanings[index] ?? scope}</li>
          ))}
        </ul>
        <p className="quiet">{say.consent.lasts(accessLifetimeSeconds)}</p>
        <p className="quiet">{say.consent.as(viewer.displayName, viewer.loginName)}</p>
        <div className="consent-answers">
          <Button kind="main" type="submit" isPending={isPending}>
            {say.consent.allow}
          </Button>
          <Button onPress={() => void run(false)} isPending={isPending}>
            {say.consent.deny}
          </Button>
        </div>
      </Form>
      <NotMe id={id} />
    </div>
  );
}

/** Nothing more happens here: until the application's page comes, the buttons stay as they are. */
function leaveFor(address: string): Promise<never> {
  // The way back does not lead to a question that was answered.
  window.location.replace(address);
  return new Promise(() => {});
}

function Gone({ message }: { readonly message: string }): ReactElement {
  return (
    <CardPage title={say.consent.goneTitle}>
      <Notice kind="bad">{message}</Notice>
    </CardPage>
  );
}
