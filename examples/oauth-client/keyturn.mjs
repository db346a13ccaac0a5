import * as openid from "openid-client";
import { address, clientId, clientSecret, issuer } from "./settings.mjs";

const TWO_FACTOR = "urn:keyturn:two-factor";

// Plain http is for Keyturn on this machine alone.
const execute = issuer.protocol === "http:" ? [openid.allowInsecureRequests] : [];
const config = await openid.discovery(issuer, clientId, clientSecret, undefined, { execute });

/** Draws what only this browser and Keyturn will know of this sign-in, and the URL to which the browser goes. */
export async function beginSignIn({ twoFactor }) {
  const checks = {
    pkceCodeVerifier: openid.randomPKCECodeVerifier(),
    expectedState: openid.randomState(),
    expectedNonce: openid.randomNonce(),
  };
  const url = openid.buildAuthorizationUrl(config, {
    redirect_uri: `${address}/callback`,
    scope: "openid profile",
    code_challenge: await openid.calculatePKCECodeChallenge(checks.pkceCodeVerifier),
    code_challenge_method: "S256",
    state: checks.expectedState,
    nonce: checks.expectedNonce,
    ...(twoFactor && { acr_values: TWO_FACTOR }),
  });
  return { url: url.href, checks, twoFactor };
}

/** Exchanges the code for tokens. The library checks state, issuer, nonce and what the ID token says of itself. */
export async function finishSignIn(signIn, path) {
  if (signIn === undefined) throw problem("NOT_BEGUN_HERE");
  const checks = { ...signIn.checks, idTokenExpected: true };
  const tokens = await openid.authorizationCodeGrant(config, new URL(path, address), checks);
  // The wish went through the browser, where it can be taken out: what was proven, the ID token says.
  if (signIn.twoFactor && tokens.claims().acr !== TWO_FACTOR) throw problem("NOT_PROVEN");
  return keepTokens({}, tokens);
}

function problem(code) {
  return Object.assign(new Error(code), { code });
}

/** Asks who the person is, by a renewed token where it has run out. Null: they are signed in no more. */
export async function askWhoItIs(person) {
  const ask = () => openid.fetchUserInfo(config, person.accessToken, person.claims.sub);
  try {
    const who = await ask().catch(async (error) => {
      if (error.status !== 401) throw error;
      await renew(person);
      return await ask();
    });
    return { ...who, twoFactor: person.claims.acr === TWO_FACTOR, methods: person.claims.amr };
  } catch (error) {
    // Run out for good, or withdrawn. Any other failure passes, and signs nobody out.
    if (error.status === 401 || error.error === "invalid_grant") return null;
    throw error;
  }
}

/** A refresh token that is used twice ends all that came of it, so requests at the same time share one renewal. */
function renew(person) {
  person.renewal ??= openid
    .refreshTokenGrant(config, person.refreshToken)
    .then((tokens) => keepTokens(person, tokens))
    .finally(() => delete person.renewal);
  return person.renewal;
}

function keepTokens(person, tokens) {
  const { access_token: accessToken, refresh_token: refreshToken, id_token: idToken } = tokens;
  return Object.assign(person, { accessToken, refreshToken, idToken, claims: tokens.claims() });
}

/** Gives the tokens back, and returns the URL at which Keyturn logs the person out too. */
export async function signOut({ refreshToken, idToken }) {
  await openid.tokenRevocation(config, refreshToken);
  const wish = { id_token_hint: idToken, post_logout_redirect_uri: `${address}/` };
  return openid.buildEndSessionUrl(config, wish).href;
}
