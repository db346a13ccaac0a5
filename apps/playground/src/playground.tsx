import { GraphiQL } from "graphiql";
import { type ReactNode, useEffect, useMemo, useState } from "react";
import { createMemory } from "./memory.js";
import { type Answer, isRefused, type Operation, send } from "./send.js";
import { tabs } from "./tabs.js";

const LOGIN = "/login?next=%2Fplayground";
/** The history among them would keep what was typed. */
const NO_PLUGINS: [] = [];
const TABS = [...tabs];
/** GraphiQL shows the variables of a tab only once it is chosen, and the first one is open already. */
const FIRST_VARIABLES = tabs[0]?.variables ?? "";
const STEP_UP = "/step-up?next=%2Fplayground%3Fproven";
/** A window with a name knows which one opened it, and so may close itself. */
const BESIDE = "keyturn-step-up";

/** GraphiQL with tabs ready for an administrator, below a line that says who is signed in. */
export function Playground(): ReactNode {
  const [mustProve, setMustProve] = useState(false);
  const memory = useMemo(createMemory, []);
  // Another one would make GraphiQL ask for the schema again.
  const fetcher = useMemo(
    () =>
      async (operation: Operation): Promise<Answer> => {
        const answer = await send(withOwnName(operation));
        leaveWhereOver(answer);
        setMustProve(isRefused(answer, "STEP_UP_REQUIRED"));
        return answer;
      },
    [],
  );
  return (
    <>
      <header className="playground-header">
        <strong>Keyturn playground</strong>
        <a href="/account">Account settings</a>
        <a href="/admin">Administration</a>
        <SignedIn />
      </header>
      {mustProve && <MustProve />}
      <main className="playground-main">
        <GraphiQL
          fetcher={fetcher}
          storage={memory}
          plugins={NO_PLUGINS}
          defaultTabs={TABS}
          initialVariables={FIRST_VARIABLES}
          defaultEditorToolsVisibility="variables"
          isHeadersEditorEnabled={false}
          showPersistHeadersSettings={false}
          shouldPersistHeaders={false}
        >
          <GraphiQL.Logo>{null}</GraphiQL.Logo>
        </GraphiQL>
      </main>
    </>
  );
}

/** Opens the step-up beside this page: what is typed in the tabs lives here alone, and would be lost by leaving. */
function MustProve(): ReactNode {
  return (
    <p className="playground-banner" role="alert">
      <span>
        Prove again that it is you, then run the operation once more: it was refused, and nothing was changed.
      </span>
      <a href={STEP_UP} target={BESIDE}>
        Prove it in a new window
      </a>
    </p>
  );
}

interface Viewer {
  readonly loginName: string;
  readonly displayName: string;
  readonly role: "ADMINISTRATOR" | "USER";
}

function SignedIn(): ReactNode {
  const [viewer, setViewer] = useState<Viewer | null>(null);
  useEffect(() => {
    const ask = async (): Promise<void> => {
      const answer = await send({ query: "query Viewer { viewer { loginName displayName role } }" });
      leaveWhereOver(answer);
      setViewer((answer.data as { readonly viewer: Viewer | null } | undefined)?.viewer ?? null);
    };
    ask().catch(() => undefined);
  }, []);
  const logOut = async (): Promise<void> => {
    await send({ query: "mutation LogOut { logout { __typename } }" });
    location.assign(LOGIN);
  };
  if (viewer === null) return null;
  const { loginName, displayName, role } = viewer;
  return (
    <>
      <span className="playground-viewer">
        {displayName} ({loginName}){role === "ADMINISTRATOR" ? ", administrator" : ", no administrator"}
      </span>
      <button type="button" onClick={() => void logOut()}>
        Log out
      </button>
    </>
  );
}

/** Right after another tab was chosen, GraphiQL still calls the operation by the name of the tab before. */
function withOwnName({ operationName, ...operation }: Operation): Operation {
  const isOwn = operationName != null && new RegExp(`\\b${operationName}\\b`).test(operation.query);
  return isOwn ? { ...operation, operationName } : operation;
}

/** Whoever sits here is nobody any more: what the tabs show is not theirs to see. */
function leaveWhereOver(answer: Answer): void {
  if (isRefused(answer, "UNAUTHENTICATED", "INVALID_CREDENTIALS")) location.assign(LOGIN);
}
