import { createContext, type ReactElement, type ReactNode, useContext } from "react";
import { GetViewer, type GetViewerQuery } from "../../generated/viewer";
import { useQuery } from "../../graphql/use-query";
import { Asked } from "../../ui/asked";
import { goToLogin } from "./go-to-login";

/** The account that is logged in. */
export type Viewer = NonNullable<GetViewerQuery["viewer"]>;

const Known = createContext<{ viewer: Viewer; reload: () => Promise<void> } | null>(null);

/** Shows pages for whoever is logged in, and sends everyone else to the login and back. */
export function SignedIn({ children }: { readonly children: ReactNode }): ReactElement {
  const [query, reload] = useQuery(GetViewer, {});
  if (query.state === "refused" && query.refusal.isSignedOut) return <>{goToLogin()}</>;
  return (
    <Asked query={query} reload={reload}>
      {({ viewer }) => {
        if (viewer === null) return goToLogin();
        return <Known value={{ viewer, reload }}>{children}</Known>;
      }}
    </Asked>
  );
}

/** The account that is logged in, and how to read it anew. */
export function useViewer(): { viewer: Viewer; reload: () => Promise<void> } {
  const known = useContext(Known);
  if (known === null) throw new Error("nobody is logged in here");
  return known;
}
