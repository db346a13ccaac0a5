import type { ListAuditEventsQueryVariables } from "../../../generated/audit-events";
import { type Place, readPlace, writePlace } from "../use-pages";

/** What is asked of the log; an empty text asks nothing. Moments are written as the server takes them. */
export interface AuditFilters {
  readonly action: string;
  readonly account: string;
  readonly level: "NOTICE" | "INFORMATION" | "";
  readonly result: "SUCCESS" | "FAILED" | "";
  readonly credential: "PASSWORD" | "SESSION" | "API_TOKEN" | "OAUTH_TOKEN" | "";
  readonly from: string;
  readonly to: string;
  readonly request: string;
}

/** A page of the events that are like this. */
export interface AuditAddress extends Place {
  readonly filters: AuditFilters;
}

/** The values that can be chosen, each way. */
export const CHOICES = {
  level: ["NOTICE", "INFORMATION"],
  result: ["SUCCESS", "FAILED"],
  credential: ["SESSION", "PASSWORD", "API_TOKEN", "OAUTH_TOKEN"],
} as const;

/** Asks for everything. */
export const NO_FILTERS: AuditFilters = {
  ...{ action: "", account: "", level: "", result: "", credential: "", from: "", to: "", request: "" },
};

/** Reads the part of an address behind the question mark; what makes no sense there is left out. */
export function readAuditAddress(query: string): AuditAddress {
  const parameters = new URLSearchParams(query);
  const read = (name: keyof AuditFilters): string => parameters.get(name) ?? "";
  const one = <Name extends keyof typeof CHOICES>(name: Name): AuditFilters[Name] => {
    const known: readonly string[] = CHOICES[name];
    return (known.includes(read(name)) ? read(name) : "") as AuditFilters[Name];
  };
  const moment = (name: "from" | "to"): string => {
    const at = Date.parse(read(name));
    return Number.isNaN(at) ? "" : new Date(at).toISOString();
  };
  return {
    filters: {
      ...{ action: read("action"), account: read("account"), request: read("request") },
      ...{ level: one("level"), result: one("result"), credential: one("credential") },
      ...{ from: moment("from"), to: moment("to") },
    },
    ...readPlace(parameters),
  };
}

/** Writes an address of the log, without what it does not ask for. */
export function writeAuditAddress({ filters, ...place }: AuditAddress): string {
  const asked = Object.entries(filters).filter(([, value]) => value !== "");
  const parameters = new URLSearchParams(asked);
  writePlace(parameters, place);
  return parameters.size === 0 ? "/audit" : `/audit?${parameters}`;
}

/** The filters as the server takes them. */
export function toFilter(filters: AuditFilters): NonNullable<ListAuditEventsQueryVariables["filter"]> {
  const { action, account, level, result, credential, from, to, request } = filters;
  return {
    ...(action !== "" && { action }),
    ...(account !== "" && { accountId: account }),
    ...(level !== "" && { level }),
    ...(result !== "" && { result }),
    ...(credential !== "" && { credential }),
    ...(from !== "" && { from }),
    ...(to !== "" && { to }),
    ...(request !== "" && { requestId: request }),
  };
}

/** What the fields of the filters need. */
export interface FilterFieldsProps {
  readonly draft: AuditFilters;
  readonly change: (part: Partial<AuditFilters>) => void;
}
