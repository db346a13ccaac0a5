import type { Needs, RequestFacts } from "./context.js";
import { Refusal } from "./problem.js";

/** Refuses an attempt from an address that had too many failures: RATE_LIMITED, nothing compared. */
export async function refuseThrottled(
  { throttle }: Needs<"throttle">,
  { ipAddress }: RequestFacts,
): Promise<void> {
  const retryAfterSeconds = await throttle.retryAfterSeconds(ipAddress);
  if (retryAfterSeconds !== null) throw new Refusal("RATE_LIMITED", { retryAfterSeconds });
}
