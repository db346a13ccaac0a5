import { say } from "./say";

/** What a scope allows, in plain words; one of the deployment's own is known by its name alone. */
export function scopeName(scope: string): string {
  return isKnown(scope) ? say.scopes[scope] : scope;
}

function isKnown(scope: string): scope is keyof typeof say.scopes {
  return Object.hasOwn(say.scopes, scope);
}
