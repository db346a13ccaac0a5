import { Refusal } from "../../platform/problem.js";

/** What a protected address asks of whoever passes, beside a good credential; all of it holds. */
export interface Requirements {
  readonly scopes: readonly string[];
  readonly role: "administrator" | null;
  readonly assurance: "two_factor" | null;
  /** Seconds within which all factors must have been proven. */
  readonly maxAge: number | null;
}

/** Where requirements can stand in one request to `/forward-auth`. */
export interface RequirementSources {
  /** Below the address the path and the query can be the client's. */
  readonly place: "at the address" | "below it";
  readonly query: URLSearchParams;
  /** Every value of `X-Keyturn-Require`. */
  readonly header: readonly string[] | undefined;
  readonly peer: "trusted" | "untrusted";
}

type Entry = readonly [name: string, value: string];

const NOTHING: Requirements = { scopes: [], role: null, assurance: null, maxAge: null };

/**
 * Reads what is required: by the query, which at the address itself is the gateway's, and by `X-Keyturn-Require`, which
 * a trusted proxy alone can send. Below the address the header stands instead of the query.
 *
 * @throws Refusal BAD_USER_INPUT for whatever is not understood: a slip in a gateway's configuration lets nobody pass
 */
export function readRequirements(sources: RequirementSources): Requirements {
  const header = readHeader(sources);
  const query = sources.place === "below it" && header !== null ? [] : readQuery(sources);
  return [...(header ?? []), ...query].reduce(withEntry, NOTHING);
}

function readHeader({ header, peer }: RequirementSources): Entry[] | null {
  if (header === undefined) return null;
  if (peer === "untrusted") throw misconfigured("requireHeaderUntrusted");
  const [value = "", ...more] = header;
  if (more.length > 0) throw misconfigured("requireHeaderTwice");
  return value.split(",").map((part) => {
    const [, name = part.trim(), text = ""] = /^\s*([^=\s]+)=(.*)$/.exec(part) ?? [];
    return [name, text.trim()];
  });
}

/** Below the address a client may have parameters of its own; one that looks like a requirement can only restrict. */
function readQuery({ query, place }: RequirementSources): Entry[] {
  const entries = [...query];
  return place === "at the address" ? entries : entries.filter(([name]) => READERS.has(name));
}

const SCOPE = /^[A-Za-z][A-Za-z0-9._:/-]{0,63}$/;

type Reader = (sum: Requirements, value: string) => Requirements | null;

const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  [
    "scope",
    (sum, value) => {
      const scopes = value.split(" ");
      return scopes.every((scope) => SCOPE.test(scope))
        ? { ...sum, scopes: [...new Set([...sum.scopes, ...scopes])] }
        : null;
    },
  ],
  ["role", (sum, value) => (value === "administrator" ? { ...sum, role: value } : null)],
  ["assurance", (sum, value) => (value === "two_factor" ? { ...sum, assurance: value } : null)],
  [
    "maxAge",
    (sum, value) =>
      /^[1-9]\d{0,8}$/.test(value)
        ? { ...sum, maxAge: Math.min(sum.maxAge ?? Number.POSITIVE_INFINITY, Number(value)) }
        : null,
  ],
]);

function withEntry(sum: Requirements, [name, value]: Entry): Requirements {
  const next = READERS.get(name)?.(sum, value) ?? null;
  if (next === null) throw misconfigured("requirement", name);
  return next;
}

/** The name alone is told: a value can be a secret that lost its way. */
function misconfigured(reason: string, name = ""): Refusal {
  return new Refusal("BAD_USER_INPUT", { reason, name: name.slice(0, 40) });
}
