import OAuth2Server from "@node-oauth/oauth2-server";
import { isRegistered } from "./redirect-uri.js";
import { isSecret } from "./secrets.js";
import type { Authorization, RedeemedCode } from "./stores.js";
import type { TokenRequest } from "./token-request.js";

const { InvalidGrantError } = OAuth2Server;

/**
 * Burns a code, whoever shows it: too late or wrongly, and nothing comes of it. Once it was redeemed, only its own client
 * with the right verifier and address ends what came of it (RFC 6749, section 4.1.2): an old code that leaks, from a
 * history or a log, is no weapon.
 */
export async function redeem(request: TokenRequest, code: string): Promise<Authorization> {
  const { provider, statements } = request;
  const digest = provider.secrets.digest(code, "code");
  const redeemed = digest === null ? null : await statements.redeemCode(digest);
  if (redeemed === null) throw new InvalidGrantError("The code is unknown, or what it led to has ended.");
  const { authorization, isReplay } = redeemed;
  const stranger = judgeHolder(request, authorization);
  const fault = stranger ?? judgeCode(request, redeemed);
  if (fault === null) return authorization;
  if (stranger === null || !isReplay)
    await statements.endAuthorization(authorization.id, isReplay ? "replayed" : "misused");
  throw new InvalidGrantError(fault);
}

/** Says why whoever shows a code is not the one that it was issued to; null: it is. */
function judgeHolder(
  { client, parameters }: TokenRequest,
  { clientId, codeChallenge, redirectUri }: Authorization,
): string | null {
  if (clientId !== client.id) return "The code was issued to another client.";
  if (!isSecret(parameters.get("code_verifier") ?? "", codeChallenge))
    return "The code_verifier is not that of the authorization request's code_challenge.";
  // RFC 6749, section 5.2; the library calls it invalid_request.
  const sent = parameters.get("redirect_uri") ?? redirectUri;
  return sent === redirectUri ? null : "The redirect_uri is not that of the authorization request.";
}

function judgeCode({ provider, client }: TokenRequest, code: RedeemedCode): string | null {
  const { redirectUri } = code.authorization;
  if (code.isReplay) return "The code was used before; what it led to has ended.";
  if (code.expiresAt <= provider.now()) return "The code has expired: it lives one minute.";
  if (!code.usable) return "The account may not use the client any more.";
  // Taken from the client meanwhile: whoever has that address now may hold the code.
  return isRegistered(redirectUri, client.redirectUris) ? null : "The redirect_uri is no longer registered.";
}
