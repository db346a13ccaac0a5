import { createContext, type ReactElement, type ReactNode, useContext } from "react";
import { GetViewer, type GetViewerQuery } from "../../generated/viewer";
import type { Refusal } from "../../graphql/refusal";
import { useQuery } from "../../graphql/use-query";
import { Asked } from "../../ui/asked";
import { CardPage, ComingPage } from "../../ui/card-page";
import { say } from "../../words/say";
import { goToLogin } from "./go-to-login";
import { OtherAccount } from "./other-account";
import { useStranger } from "./use-stranger";

/** The account that is logged in. */
export type Viewer = NonNullable<GetViewerQuery["viewer"]>;

/** What is known of who is logged in. */
interface KnownViewer {
  readonly viewer: Viewer;
  readonly reload: () => Promise<void>;
  /** Why the viewer could not be read anew; null where nothing speaks against them. */
  readonly refusal: Refusal | null;
}

const Known = createContext<KnownViewer | null>(null);

/** Shows pages for whoever is logged in, and sends everyone else to the login and back. */
export function SignedIn({ children }: { readonly children: ReactNode }): ReactElement {
  const [query, reload] = useQuery(GetViewer, {});
  if (useStranger(reload)) return <OtherAccount />;
  if (query.state === "refused" && query.refusal.isSignedOut) return <>{goToLogin()}</>;
  if (query.state === "loading") return <ComingPage />;
  if (query.state === "refused")
    return (
      <CardPage title={say.everyPage.failedTitle}>
        <Asked query={query} reload={reload}>
          {() => null}
        </Asked>
      </CardPage>
    );
  // The viewer who is known stays; the frame says where they cannot be read anew.
  const { refusal, data } = query;
  if (data.viewer === null) return <>{goToLogin()}</>;
  return <Known value={{ viewer: data.viewer, reload, refusal }}>{children}</Known>;
}

/** The account that is logged in, and how to read it anew. */
export function useViewer(): KnownViewer {
  const known = useContext(Known);
  if (known === null) throw new Error("nobody is logged in here");
  return known;
}
