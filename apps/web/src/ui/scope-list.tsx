import type { ReactElement } from "react";
import { scopeName } from "../words/scope-name";

/** What a token or an application may do, one a line. */
export function ScopeList({ scopes }: { readonly scopes: readonly string[] }): ReactElement {
  return (
    <ul className="plain-list">
      {scopes.map((scope) => (
        <li key={scope}>{scopeName(scope)}</li>
      ))}
    </ul>
  );
}
