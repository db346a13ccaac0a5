import { Refusal } from "../platform/problem.js";
import { recordEvent } from "../rooms/audit/record-event.js";
import type { Caller } from "../rooms/credentials/viewer.js";

const NOTED: ReadonlySet<string> = new Set(["FORBIDDEN", "CREDENTIAL_NOT_ACCEPTED"]);

/** Leaves an event where a viewer was refused what their role, scopes or credential do not open; one a request is enough. */
export function noteRefusal(
  { app, request, viewer }: Pick<Caller, "app" | "request" | "viewer">,
  thrown: readonly unknown[],
): void {
  const refusal = thrown.find((each) => each instanceof Refusal && NOTED.has(each.code));
  if (!(refusal instanceof Refusal) || viewer === null) return;
  const { account, credential } = viewer;
  const { code } = refusal;
  const event = {
    action: "access.refused",
    failed: true,
    actor: account,
    credential,
    details: { code },
  } as const;
  app.later(() => app.db.transaction((manager) => recordEvent(manager, { request, now: app.now() }, event)));
}
