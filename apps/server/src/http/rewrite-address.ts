import type { IncomingMessage } from "node:http";
import { withoutClientPath } from "./forward-auth/forward-auth.js";

/** Longer than every path of ours; the router takes time in proportion to the square of one like /%25%25%25. */
const LONGEST_PATH = 1_000;
const LONGER_THAN_ANY = "/longer-than-any";
const EMPTY = ["operationName=", "variables=", "extensions="];

/**
 * Makes of an address what the router reads: without a client's own path at `/forward-auth/`, and short. Parameters of a
 * GraphQL request by GET that are empty are as left out (GraphQL over HTTP, "GET").
 */
export function rewriteAddress(request: Pick<IncomingMessage, "url">): string {
  const [path = "", query] = withoutClientPath(request).split(/\?(.*)/s);
  const short = path.length > LONGEST_PATH ? LONGER_THAN_ANY : path;
  if (query === undefined) return short;
  const parameters = query.split("&");
  const kept = short === "/graphql" ? parameters.filter((each) => !EMPTY.includes(each)) : parameters;
  return `${short}?${kept.join("&")}`;
}
