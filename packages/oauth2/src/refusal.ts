import { json, type OAuthAnswer } from "./messages.js";

/** What a client did wrong, by the names of RFC 6749 (sections 4.1.2.1 and 5.2), RFC 6750, RFC 9470 and OpenID Connect. */
export type OAuthErrorCode =
  | "access_denied"
  | "consent_required"
  | "insufficient_scope"
  | "interaction_required"
  | "invalid_client"
  | "invalid_grant"
  | "invalid_request"
  | "invalid_scope"
  | "invalid_token"
  | "login_required"
  | "registration_not_supported"
  | "request_not_supported"
  | "request_uri_not_supported"
  | "unauthorized_client"
  | "unmet_authentication_requirements"
  | "unsupported_grant_type"
  | "unsupported_response_type"
  | "unsupported_token_type";

/** Refuses a request; the description is for the developer of the client. */
export class OAuthRefusal extends Error {
  constructor(
    readonly error: OAuthErrorCode,
    readonly description: string,
  ) {
    super(`${error}: ${description}`);
    this.name = "OAuthRefusal";
  }
}

/** Answers a refusal as an endpoint without a browser does (RFC 6749, section 5.2). */
export function refusalAnswer({ error, description }: OAuthRefusal): OAuthAnswer {
  const body = { error, error_description: description };
  if (error !== "invalid_client") return json(400, body);
  return json(401, body, { "www-authenticate": 'Basic realm="OAuth client", charset="UTF-8"' });
}

/** Answers that the method is another one (RFC 9110, section 15.5.6). */
export function wrongMethod(allowed: string): OAuthAnswer {
  const body = { error: "invalid_request", error_description: `Use ${allowed.replaceAll(", ", " or ")}.` };
  return json(405, body, { allow: allowed });
}
