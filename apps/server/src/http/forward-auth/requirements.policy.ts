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
  /** Below the address the path and the query can be the client's, or the gateway's: nobody can tell. */
  readonly place: "at the address" | "below it";
  readonly query: URLSearchParams;
  /** Every value of `X-Keyturn-Require`. */
  readonly header: readonly string[] | undefined;
  readonly peer: "trusted" | "untrusted";
}

type Entry = readonly [name: string, value: string];

/**
 * Reads what is required: by the query, and by `X-Keyturn-Require`, which a trusted proxy alone can send. They add up,
 * at the address and below it: where one replaced the other, a client's own header could take the gateway's query away.
 *
 * @throws Refusal BAD_USER_INPUT for whatever is not understood: a slip in a gateway's configuration lets nobody pass
 */
export function readRequirements(sources: RequirementSources): Requirements {
  return together([...readHeader(sources), ...readQuery(sources)].map(readEntry));
}

function readHeader({ header, peer }: RequirementSources): Entry[] {
  if (header === undefined) return [];
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

type Reader = (value: string) => Partial<Requirements> | null;

const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  [
    "scope",
    (value) => {
      const scopes = value.split(" ");
      return scopes.every((scope) => SCOPE.test(scope)) ? { scopes } : null;
    },
  ],
  ["role", (value) => (value === "administrator" ? { role: value } : null)],
  ["assurance", (value) => (value === "two_factor" ? { assurance: value } : null)],
  ["maxAge", (value) => (/^[1-9]\d{0,8}$/.test(value) ? { maxAge: Number(value) } : null)],
]);

function readEntry([name, value]: Entry): Partial<Requirements> {
  const read = READERS.get(name)?.(value) ?? null;
  if (read === null) throw misconfigured("requirement", name);
  return read;
}

/** All of them hold. Gathered once: a client can send thousands, before anybody knows who it is. */
function together(parts: readonly Partial<Requirements>[]): Requirements {
  const ages = parts.flatMap(({ maxAge }) => maxAge ?? []);
  return {
    scopes: [...new Set(parts.flatMap(({ scopes }) => scopes ?? []))],
    role: parts.find(({ role }) => role)?.role ?? null,
    assurance: parts.find(({ assurance }) => assurance)?.assurance ?? null,
    maxAge: ages.length === 0 ? null : Math.min(...ages),
  };
}

/** The name alone is told: a value can be a secret that lost its way. */
function misconfigured(reason: string, name = ""): Refusal {
  return new Refusal("BAD_USER_INPUT", { reason, name: name.slice(0, 40) });
}
