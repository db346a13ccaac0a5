import { bearer } from "../journeys/stage/client.js";
import { openFormBrowser } from "../journeys/stage/forms.js";
import type { Keyturn } from "../journeys/stage/keyturn.js";
import type { OAuthClients } from "../journeys/stage/oauth-clients.js";
import type { Newcomers } from "../journeys/stage/people.js";
import { challengeOf } from "../journeys/stage/proofs.js";
import { CHOSEN, codeOf, mutationDoor, type SecretDoor, verdictOf } from "./secret-door.js";

/** What a login, or a mail, gives to go on with. */
export async function linkDoors(keyturn: Keyturn, people: Newcomers): Promise<SecretDoor[]> {
  const { anyone } = keyturn;
  const [ann, bob, cid] = [await people.newProtected(), await people.newPerson(), await people.newLoggedIn()];
  const challenge = await challengeOf(keyturn, ann);
  await anyone.mutate("requestPasswordReset", { loginName: bob.loginName });
  await cid.client.mutate("changeEmailAddress", { emailAddress: "elsewhere@example.com" });
  const reset = await mailedToken(keyturn, "reset-password");
  const confirm = await mailedToken(keyturn, "confirm-email");
  return [
    mutationDoor(anyone, "completeLogin.input.challenge", {
      input: (text) => ({ challenge: text, proof: codeOf(ann) }),
      right: () => challenge,
    }),
    mutationDoor(anyone, "resetPassword.input.token", {
      input: (token) => ({ token, newPassword: CHOSEN }),
      right: () => reset,
    }),
    mutationDoor(anyone, "confirmEmailAddress.input.token", {
      input: (token) => ({ token }),
      right: () => confirm,
    }),
  ];
}

async function mailedToken({ mailbox }: Keyturn, kind: string): Promise<string> {
  const { text } = await mailbox.next((mail) => mail.text.includes(`/${kind}/`));
  return new RegExp(`/${kind}/(\\S+)`).exec(text)?.[1] ?? "";
}

/** What a request, or a browser, is known by. */
export async function bearerDoors({ keyturn }: OAuthClients, people: Newcomers): Promise<SecretDoor[]> {
  const ann = await people.newPerson();
  const browser = openFormBrowser(keyturn);
  await browser.get("/login");
  await browser.submit({ loginName: ann.loginName, password: ann.password });
  const [cookie = "", session = ""] = [...browser.cookies].find(([name]) => name.includes("session")) ?? [];
  const door = (title: string, headers: (text: string) => Record<string, string>): SecretDoor => ({
    title,
    right: () => session,
    type: async (text) =>
      verdictOf(await keyturn.anyone.send("{ viewer { id } }", {}, headers(asHeader(text)))),
  });
  return [
    door("a bearer", bearer),
    door("the cookie of a session", (text) => ({ cookie: `${cookie}=${encodeURIComponent(text)}` })),
    { ...door("X-Cybozu-API-Token", (text) => ({ "x-cybozu-api-token": text })), right: null },
  ];
}

/** The bytes of a text as a header carries them; no client can send what ends a header. */
function asHeader(text: string): string {
  const sendable = Buffer.from(text)
    .toString("latin1")
    .replace(/[^\t\x20-\x7e\x80-\xff]/g, " ");
  return sendable.trim() || "-";
}

/** What an application proves. */
export async function clientDoors({ ask, send, shop, allow, tokens }: OAuthClients): Promise<SecretDoor[]> {
  const machine = { grant_type: "client_credentials", scope: "orders:read" };
  const byForm = (client_secret: string): RequestInit => ({
    method: "POST",
    body: new URLSearchParams({ ...machine, client_id: shop.id, client_secret }),
  });
  const redeemable = await allow();
  const { refresh_token: refreshable = "", access_token: live = "" } = await tokens();
  const refresh = { grant_type: "refresh_token" };
  const secret = (): string => shop.secret;
  return [
    {
      title: "a client's secret by HTTP Basic",
      right: secret,
      type: async (text) => verdictOf(await ask("token", machine, { ...shop, secret: text })),
    },
    {
      title: "a client's secret in a form",
      right: secret,
      type: async (text) => verdictOf(await send("token", byForm(text))),
    },
    {
      title: "an authorization code",
      right: () => redeemable["code"] ?? "",
      type: async (code) => verdictOf(await ask("token", { ...redeemable, code })),
    },
    {
      title: "a refresh token",
      right: () => refreshable,
      type: async (text) => verdictOf(await ask("token", { ...refresh, refresh_token: text })),
    },
    {
      title: "a token that is introspected",
      right: () => live,
      type: async (token) =>
        verdictOf(await ask("introspect", { token }), ({ active }) =>
          active === true ? undefined : "inactive",
        ),
    },
  ];
}
