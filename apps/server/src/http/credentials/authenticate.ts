import type { CredentialType } from "../../platform/access.js";
import type { Context, RequestFacts } from "../../platform/context.js";
import { Refusal, unreachable } from "../../platform/problem.js";
import { authenticateApiToken } from "../../rooms/api-tokens/authenticate-api-token.js";
import { recordEvent } from "../../rooms/audit/record-event.js";
import { authenticatePassword } from "../../rooms/credentials/authenticate-password.js";
import type { Viewer } from "../../rooms/credentials/viewer.js";
import { authenticateOAuthToken } from "../../rooms/oauth/authenticate-oauth-token.js";
import { authenticateSession } from "../../rooms/sessions/authenticate-session.js";
import type { SentCredential } from "./read-credential.js";

/**
 * Authenticates a request by the credential that it sent, whatever carried it: the one way from a credential to a
 * viewer.
 *
 * @throws Refusal INVALID_CREDENTIALS, CREDENTIAL_NOT_ACCEPTED or RATE_LIMITED: the whole request fails
 */
export async function authenticate(
  app: Context,
  request: RequestFacts,
  sent: SentCredential,
): Promise<Viewer> {
  if (sent.type === "PASSWORD") return await authenticatePassword(app, request, sent);
  try {
    return await authenticateToken(app, sent);
  } catch (error) {
    if (error instanceof Refusal && error.code === "INVALID_CREDENTIALS")
      await noteFailure(app, request, sent.type === "malformed" ? null : sent.type);
    throw error;
  }
}

async function authenticateToken(
  app: Context,
  sent: Exclude<SentCredential, { type: "PASSWORD" }>,
): Promise<Viewer> {
  switch (sent.type) {
    case "SESSION":
      return await authenticateSession(app, sent.hash);
    case "API_TOKEN":
      return await authenticateApiToken(app, sent.hash);
    case "OAUTH_TOKEN":
      return await authenticateOAuthToken(app, sent.hash);
    case "malformed":
      throw new Refusal("INVALID_CREDENTIALS");
    default:
      return unreachable(sent);
  }
}

/** A token that is wrong counts against its address; one too many is not even recorded. */
async function noteFailure(
  app: Context,
  request: RequestFacts,
  credential: CredentialType | null,
): Promise<void> {
  const retryAfterSeconds = await app.throttle.retryAfterSeconds(request.ipAddress);
  if (retryAfterSeconds !== null) throw new Refusal("RATE_LIMITED", { retryAfterSeconds });
  app.throttle.fail(request.ipAddress);
  const event = { action: "credential.failed", failed: true, credential } as const;
  app.later(() => app.db.transaction((manager) => recordEvent(manager, { request, now: app.now() }, event)));
}
