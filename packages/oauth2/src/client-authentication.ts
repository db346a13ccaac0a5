import { isForm, type OAuthRequest, type Parameters, queryOf, readParameters } from "./messages.js";
import type { Provider } from "./provider.js";
import { OAuthRefusal } from "./refusal.js";
import { isSecret } from "./secrets.js";
import type { OAuthClient } from "./stores.js";

/** A form of a client that proved who it is. */
export interface AuthenticatedForm {
  readonly client: OAuthClient;
  readonly parameters: Parameters;
}

/**
 * Reads a client's form and authenticates the client: by HTTP Basic, by `client_secret` in the form, or, where it is
 * public, by its `client_id` alone (RFC 6749, section 2.3; RFC 9700, section 2.5).
 *
 * @throws OAuthRefusal invalid_request for parameters in the address, another content type, a repeated parameter or two
 * ways at once; invalid_client for whoever is not who they say
 */
export async function authenticateClient(
  { stores, onRefusedClient }: Pick<Provider, "stores" | "onRefusedClient">,
  request: OAuthRequest,
): Promise<AuthenticatedForm> {
  const parameters = readForm(request);
  const { id, secret } = readClientCredentials(request, parameters);
  const client = await stores.findClient(id);
  if (client !== null && !isProven(client, secret)) onRefusedClient(client.id);
  if (client === null || !isProven(client, secret))
    throw new OAuthRefusal("invalid_client", "The client is unknown or disabled, or its secret is wrong.");
  return { client, parameters };
}

function readForm(request: OAuthRequest): Parameters {
  if (queryOf(request) !== "")
    throw new OAuthRefusal("invalid_request", "Send the parameters in the body, and none in the address.");
  if (!isForm(request))
    throw new OAuthRefusal("invalid_request", "Send the content type application/x-www-form-urlencoded.");
  const { parameters, repeated } = readParameters(request.body);
  const [twice] = repeated;
  if (twice !== undefined)
    throw new OAuthRefusal("invalid_request", `Send each parameter once: ${shown(twice)}.`);
  return parameters;
}

/** A name as an answer may show it (RFC 6749, section 5.2, allows these characters). */
function shown(name: string): string {
  return name.replace(/[^\w.-]/g, "?").slice(0, 64);
}

function readClientCredentials(
  request: OAuthRequest,
  parameters: Parameters,
): { id: string; secret: string | null } {
  const inForm = { id: parameters.get("client_id"), secret: parameters.get("client_secret") ?? null };
  const { authorization } = request.headers;
  if (authorization === undefined) {
    if (inForm.id === undefined) throw new OAuthRefusal("invalid_client", "Send the client's id.");
    return { id: inForm.id, secret: inForm.secret };
  }
  const sent = readBasic(authorization);
  if (sent === null)
    throw new OAuthRefusal("invalid_client", "Send Authorization: Basic with the client's id and secret.");
  if (inForm.secret !== null || (inForm.id !== undefined && inForm.id !== sent.id))
    throw new OAuthRefusal(
      "invalid_request",
      "Authenticate the client in one way: by the header or by the form.",
    );
  return sent;
}

/** Id and secret, each form-encoded before they were joined (RFC 6749, section 2.3.1). */
function readBasic(authorization: string): { id: string; secret: string | null } | null {
  const [, encoded] = /^Basic +([\w+/-]+={0,2})$/i.exec(authorization.trim()) ?? [];
  if (encoded === undefined) return null;
  const [, id, secret] = /^([^:]+):(.*)$/s.exec(Buffer.from(encoded, "base64").toString("utf8")) ?? [];
  if (id === undefined || secret === undefined) return null;
  const decoded = { id: formDecode(id), secret: formDecode(secret) };
  if (decoded.id === null || decoded.secret === null) return null;
  return { id: decoded.id, secret: decoded.secret === "" ? null : decoded.secret };
}

function formDecode(text: string): string | null {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return null;
  }
}

/** A confidential client shows its secret; a public one has none to show. */
function isProven(client: OAuthClient, secret: string | null): boolean {
  if (client.secretDigest === null) return secret === null;
  return secret !== null && isSecret(secret, client.secretDigest);
}
