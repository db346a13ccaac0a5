import { words } from "../../platform/words/index.js";
import { type Caller, localeOf } from "../credentials/viewer.js";

/** A scope in plain words: Keyturn's own, the deployment's, or its name. */
export function meaningOf(scope: string, caller: Pick<Caller, "app" | "viewer" | "request">): string {
  const own: Readonly<Record<string, string>> = words(localeOf(caller)).pages.scopes;
  const added = caller.app.config.scopes.find(({ name }) => name === scope);
  return own[scope] ?? added?.description ?? scope;
}
