import { createHash, randomBytes } from "node:crypto";
import { basic, bearer } from "../journeys/stage/client.js";
import type { Keyturn } from "../journeys/stage/keyturn.js";
import {
  allowByForms,
  postForm,
  type RegisteredClient,
  registerClient,
} from "../journeys/stage/oauth-application.js";
import type { Fields } from "../journeys/stage/oauth-clients.js";
import { logInAdministrator, type ProtectedPerson, withToken } from "../journeys/stage/people.js";
import { sql } from "../src/platform/sql.js";
import { neverShown, shownOnce, type Walk } from "./watch.js";

const CALLBACK = "https://shop.example.com/callback";

/** Allows an application something twice: what it got first it shows again, and what it got then lives on. */
export async function allowAnApplication(walk: Walk, ann: ProtectedPerson): Promise<void> {
  const { keyturn } = walk;
  const client = await renewSecret(walk);
  const code = await allow(walk, client, ann);
  const first = await exchange(keyturn, client, code);
  const refreshing = { grant_type: "refresh_token", refresh_token: first["refresh_token"] ?? "" };
  const second = await exchange(keyturn, client, refreshing);
  for (const spent of [refreshing, code]) await exchange(keyturn, client, spent);
  const living = await exchange(keyturn, client, await allow(walk, client, ann));
  for (const [name, tokens] of Object.entries({ first, second, living }))
    for (const kind of ["access_token", "refresh_token", "id_token"])
      walk.watch(shownOnce(`the ${name} ${kind}`, tokens[kind] ?? "no token"));
  await use(keyturn, client, living);
  await ann.client.query("{ viewer { authorizedApplications { id scopes } } }");
  await misuse(walk, client, living);
  await meetAFault(keyturn, client, living);
}

async function renewSecret({ keyturn, watch }: Walk): Promise<RegisteredClient> {
  const administrator = await logInAdministrator(keyturn);
  const { id, secret } = await registerClient(administrator, CALLBACK, { scopes: SCOPES });
  const renewed = "... on OAuthClientSecretRotated { clientSecret }";
  const { clientSecret } = await administrator.client.mutate("rotateOAuthClientSecret", { id }, renewed);
  watch(shownOnce("the administrator's session for clients", administrator.token));
  watch(shownOnce("a client's first secret", secret), shownOnce("a client's secret", clientSecret));
  await exchange(keyturn, { id, secret }, { grant_type: "authorization_code" });
  await administrator.client.query("{ oauthClients { nodes { id name redirectUris } } }");
  return { id, secret: clientSecret };
}

const SCOPES = ["openid", "profile", "email", "account:read"];

/** Lets a person allow a client all its scopes, and returns the form that redeems the code. */
async function allow(
  { keyturn, watch }: Walk,
  { id }: RegisteredClient,
  ann: ProtectedPerson,
): Promise<Fields> {
  const verifier = randomBytes(32).toString("base64url");
  const asked = new URL("/oauth2/authorize", keyturn.address);
  asked.search = new URLSearchParams({
    ...{ response_type: "code", client_id: id, redirect_uri: CALLBACK, scope: SCOPES.join(" ") },
    prompt: "consent",
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
  }).toString();
  const back = await allowByForms(keyturn, asked, ann);
  const code = back.searchParams.get("code") ?? "no code";
  watch(shownOnce("an authorization code", code), neverShown("the verifier of a code", verifier));
  return { grant_type: "authorization_code", code, redirect_uri: CALLBACK, code_verifier: verifier };
}

async function exchange(keyturn: Keyturn, client: RegisteredClient, form: Fields): Promise<Fields> {
  return (await postForm(keyturn, client, ["/oauth2/token", form])).json() as Promise<Fields>;
}

/** Asks what both tokens are and whose, and logs out by the ID token. */
async function use(keyturn: Keyturn, client: RegisteredClient, tokens: Fields): Promise<void> {
  const { access_token = "", refresh_token = "", id_token = "" } = tokens;
  for (const token of [access_token, refresh_token, id_token])
    await postForm(keyturn, client, ["/oauth2/introspect", { token }]);
  await fetch(`${keyturn.address}/oauth2/userinfo`, { headers: bearer(access_token) });
  await withToken(keyturn, access_token).query("{ viewer { id } }");
  const wish = new URLSearchParams({ id_token_hint: id_token, post_logout_redirect_uri: CALLBACK });
  await fetch(`${keyturn.address}/oauth2/end-session?${wish}`, { redirect: "manual" });
}

/** Sends secrets to where they do not belong, or do not fit. */
async function misuse(
  { keyturn, watch }: Walk,
  client: RegisteredClient,
  { access_token = "", refresh_token = "" }: Fields,
): Promise<void> {
  const { address } = keyturn;
  const { id, secret } = client;
  const wrong = { id, secret: "wrong-secret-of-a-client" };
  watch(neverShown("a wrong secret of a client", wrong.secret));
  for (const path of ["/oauth2/token", "/oauth2/introspect", "/oauth2/revoke", "/oauth2/userinfo"]) {
    await postForm(keyturn, wrong, [path, { token: refresh_token }]);
    const inAddress = new URLSearchParams({ client_secret: secret, token: refresh_token, access_token });
    await fetch(`${address}${path}?${inAddress}`);
    const json = { "content-type": "application/json", ...basic(id, secret) };
    await fetch(address + path, { method: "POST", headers: json, body: JSON.stringify({ refresh_token }) });
  }
  await fetch(`${address}/oauth2/authorize?${new URLSearchParams({ client_id: secret, access_token })}`);
  await withToken(keyturn, refresh_token).send("{ viewer { id } }");
  await withToken(keyturn, access_token).send(`{ viewer(token: "${access_token}") { id } }`);
}

/** Sends them where the server meets a fault. */
async function meetAFault(keyturn: Keyturn, client: RegisteredClient, tokens: Fields): Promise<void> {
  const { access_token = "", refresh_token = "" } = tokens;
  const change = (text: string): Promise<unknown> =>
    keyturn.app.context.db.transaction((manager) => sql(manager, text));
  await change("ALTER TABLE oauth_tokens RENAME TO gone");
  await exchange(keyturn, client, { grant_type: "refresh_token", refresh_token });
  for (const path of ["/oauth2/introspect", "/oauth2/revoke"])
    await postForm(keyturn, client, [path, { token: access_token }]);
  await fetch(`${keyturn.address}/oauth2/userinfo`, { headers: bearer(access_token) });
  await withToken(keyturn, access_token).send("{ viewer { id } }");
  await change("ALTER TABLE gone RENAME TO oauth_tokens");
}
