import { say } from "./say";

/** A scope that the deployment adds, and what it allows in the deployment's own words. */
interface AddedScope {
  readonly name: string;
  readonly description: string;
}

const added = readAdded();

/** The names of the scopes that the deployment adds to Keyturn's own. */
export const addedScopes: readonly string[] = added.map(({ name }) => name);

/** What a scope allows, in plain words; one that the server does not know any more has nothing but its name. */
export function scopeName(scope: string): string {
  if (isOwn(scope)) return say.scopes[scope];
  return added.find(({ name }) => name === scope)?.description ?? scope;
}

function isOwn(scope: string): scope is keyof typeof say.scopes {
  return Object.hasOwn(say.scopes, scope);
}

/** Reads them from the page, as the server put them there. */
function readAdded(): readonly AddedScope[] {
  const meta = document.querySelector<HTMLMetaElement>("meta[name=scopes]");
  return JSON.parse(meta?.content ?? "[]") as AddedScope[];
}
