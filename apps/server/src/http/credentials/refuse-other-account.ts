import { Refusal } from "../../platform/problem.js";
import type { Viewer } from "../../rooms/credentials/viewer.js";
import type { HeaderValues } from "./read-credential.js";

/** The header by which a request names the account that it is meant for. */
const HEADER = "x-keyturn-account";

/** Reads for which account a request is meant, by its id; null where it does not say. */
export function readMeantAccount(headers: HeaderValues): string | null {
  const values = headers[HEADER] ?? [];
  // One that comes twice names nobody.
  return values.every((value) => value === "") ? null : values.join(", ");
}

/**
 * Refuses what is meant for another account than the one whose credential came: a page that stood open while someone
 * else logged in beside it changes and shows nothing of theirs.
 *
 * @throws Refusal UNAUTHENTICATED where no credential came, CREDENTIAL_NOT_ACCEPTED where it is another account's
 */
export function refuseOtherAccount(meant: string | null, viewer: Viewer | null): void {
  if (meant === null || meant === viewer?.account.id) return;
  if (viewer === null) throw new Refusal("UNAUTHENTICATED");
  throw new Refusal("CREDENTIAL_NOT_ACCEPTED", {
    ...{ presented: viewer.credential, accepted: [], reason: "OTHER_ACCOUNT" },
  });
}
