import type { ConfigurationFault } from "./config-error.js";
import { type Environment, environmentSchema } from "./config-schema.js";

// Named in the contract, and read by a later version: an environment made ready for it still starts.
const LATER = ["KEYTURN_METRICS_TOKEN"];

/** Finds variables that begin with `KEYTURN_` and mean nothing: most likely a slip, which would go unnoticed. */
export function unknownVariableFaults(environment: Environment): ConfigurationFault[] {
  const known = [...Object.keys(environmentSchema.shape), ...LATER];
  return Object.keys(environment)
    .filter((name) => name.startsWith("KEYTURN_") && !known.includes(name))
    .map((name) => ({
      name,
      expected: `nothing: there is no such variable. The nearest is ${nearest(name, known)}`,
    }));
}

function nearest(name: string, known: readonly string[]): string {
  const [best = ""] = known.toSorted((a, b) => distance(name, a) - distance(name, b));
  return best;
}

/** Counts the letters to insert, remove or replace (Levenshtein's distance). */
function distance(from: string, to: string): number {
  let above = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [row, letter] of [...from].entries()) {
    const current = [row + 1];
    for (const [column, other] of [...to].entries()) {
      const replaced = (above[column] ?? 0) + (letter === other ? 0 : 1);
      current.push(Math.min(replaced, (above[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1));
    }
    above = current;
  }
  return above[to.length] ?? 0;
}
