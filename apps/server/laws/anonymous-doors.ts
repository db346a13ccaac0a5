import { type GraphQLInputType, getNamedType, isInputObjectType, isListType, isNonNullType } from "graphql";
import { type Answer, basic, bearer, type Client } from "../journeys/stage/client.js";
import { openFormBrowser } from "../journeys/stage/forms.js";
import type { Keyturn } from "../journeys/stage/keyturn.js";
import { CALLBACK, type OAuthClients } from "../journeys/stage/oauth-clients.js";
import { sendRaw } from "../journeys/stage/wire.js";
import { printed } from "./contract.js";
import { INPUTS } from "./inputs.js";
import { documentOf, everyOperation } from "./subjects.js";

/** A place where a stranger's text comes in. */
export interface AnonymousDoor {
  readonly title: string;
  /** How many characters fit through it. */
  readonly limit: number;
  readonly knock: (text: string) => Promise<Pick<Answer, "status" | "text">>;
}

/** Below 100 kB, with what stands around the text and with each of its quotes escaped. */
const BODY = 45_000;
/** The lines and headers of a request have 16 kB together. */
const HEADER = 9_000;
const FORM = 9_000;

/** Every way into the server for who has no credential, and says what they like. */
export function anonymousDoors(stage: OAuthClients): AnonymousDoor[] {
  const { keyturn } = stage;
  return [
    ...operationDoors(keyturn.anyone),
    ...documentDoors(keyturn.anyone),
    ...credentialDoors(keyturn),
    ...headerDoors(keyturn),
    ...addressDoors(keyturn),
    ...authorizationDoors(stage),
    ...endpointDoors(stage),
    ...formDoors(keyturn),
  ];
}

type Knock = AnonymousDoor["knock"];

function door(title: string, knock: Knock, limit = HEADER): AnonymousDoor {
  return { title, limit, knock };
}

/** As a header carries it. */
function inHeader(text: string): string {
  return Buffer.from(text)
    .toString("latin1")
    .replace(/[^\x20-\x7e\x80-\xff]/g, " ");
}

function inQuery(text: string): string {
  return encodeURIComponent(text).slice(0, HEADER);
}

function getAt({ address }: Keyturn): (path: string, headers?: Record<string, string>) => ReturnType<Knock> {
  return (path, headers = {}) => sendRaw(address, { method: "GET", path, headers: Object.entries(headers) });
}

function documentDoors({ send }: Client): AnonymousDoor[] {
  const quoted = (text: string): string => `{ account(id: ${JSON.stringify(text)}) { id } }`;
  const named = (text: string): string => `query A { viewer { ${text.replace(/\W/g, "a")} } }`;
  return [
    door("a document", (text) => send(text), BODY),
    door("a string in a document", (text) => send(quoted(text)), BODY),
    door("a field's name", (text) => send(named(text)), BODY),
  ];
}

function credentialDoors(keyturn: Keyturn): AnonymousDoor[] {
  const viewer = (headers: Record<string, string>) => keyturn.anyone.send("{ viewer { id } }", {}, headers);
  const get = getAt(keyturn);
  const cybozu = (text: string): string => Buffer.from(`${text}:wrong-password`).toString("base64");
  return [
    door("the login name of HTTP Basic", (text) => viewer(basic(text, "wrong-password"))),
    door("the password of HTTP Basic", (text) => viewer(basic("ann", text))),
    door("X-Cybozu-Authorization", (text) => viewer({ "x-cybozu-authorization": cybozu(text) })),
    door("X-Cybozu-API-Token", (text) => viewer({ "x-cybozu-api-token": inHeader(text) })),
    door("a bearer", (text) => viewer(bearer(inHeader(text)))),
    door("Authorization", (text) => viewer({ authorization: inHeader(text) })),
    door("the cookies", (text) => get("/login", { cookie: inHeader(text) })),
    door("the session's cookie", (text) => viewer({ cookie: `keyturn_session_4000=${inHeader(text)}` })),
    door("a bearer at userinfo", (text) => get("/oauth2/userinfo", bearer(inHeader(text)))),
    door("HTTP Basic at forward authentication", (text) => get("/forward-auth", basic(text, "wrong"))),
  ];
}

function headerDoors(keyturn: Keyturn): AnonymousDoor[] {
  const get = getAt(keyturn);
  const logIn = (headers: Record<string, string>) => keyturn.anyone.send(LOGIN, {}, headers);
  const json = { "content-type": "application/json" };
  const asked = (text: string): Record<string, string> => ({
    ...{ "x-forwarded-host": text, "x-original-url": text, cookie: "keyturn_session_4000=a" },
  });
  return [
    door("Accept-Language", (text) => get("/login", { "accept-language": inHeader(text) })),
    door("Accept", (text) => get("/nowhere", { accept: inHeader(text) })),
    door("Origin", (text) => get(`/graphql?query={viewer{id}}`, { ...json, origin: inHeader(text) })),
    door("User-Agent", (text) => logIn({ "user-agent": inHeader(text) })),
    door("X-Forwarded-For", (text) => logIn({ "x-forwarded-for": inHeader(text) })),
    door("X-Keyturn-Require", (text) => get("/forward-auth", { "x-keyturn-require": inHeader(text) })),
    door("what a gateway asks about", (text) => get("/forward-auth", asked(inHeader(text))), HEADER / 2),
  ];
}

function addressDoors(keyturn: Keyturn): AnonymousDoor[] {
  const get = getAt(keyturn);
  const pages = ["/reset-password/", "/confirm-email/", "/consent/", "/account/"];
  return [
    door("an address", (text) => get(`/${inQuery(text)}`)),
    door("a requirement", (text) => get(`/forward-auth?scope=${inQuery(text)}`)),
    door("a query by GET", (text) =>
      get(`/graphql?query=${inQuery(text)}`, { "content-type": "application/json" }),
    ),
    ...pages.map((path) => door(`what follows ${path}`, (text) => get(path + inQuery(text)), 100)),
    ...["login_hint", "next", "done"].map((name) =>
      door(`${name} of the login page`, (text) => get(`/login?${name}=${inQuery(text)}`)),
    ),
  ];
}

function authorizationDoors({ keyturn, shop }: OAuthClients): AnonymousDoor[] {
  const get = getAt(keyturn);
  const given = {
    ...{ response_type: "code", client_id: shop.id, redirect_uri: CALLBACK, scope: "openid" },
    ...{ code_challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", code_challenge_method: "S256" },
  };
  const names = [
    ...["state", "nonce", "login_hint", "prompt", "id_token_hint", "acr_values", "max_age", "resource"],
    ...Object.keys(given),
  ];
  return [
    ...names.map((name) =>
      door(`${name} of an authorization request`, (text) =>
        get(
          `/oauth2/authorize?${new URLSearchParams({ ...given, [name]: text }).toString().slice(0, 12_000)}`,
        ),
      ),
    ),
    door("id_token_hint of a logout", (text) => get(`/oauth2/end-session?id_token_hint=${inQuery(text)}`)),
  ];
}

function endpointDoors({ keyturn: { address }, shop }: OAuthClients): AnonymousDoor[] {
  const type = ["content-type", "application/x-www-form-urlencoded"] as const;
  const form = (text: string): string => {
    const fields = { client_id: shop.id, client_secret: text, code: text, token: text };
    return new URLSearchParams({ grant_type: "authorization_code", ...fields }).toString();
  };
  return ["token", "introspect", "revoke"].flatMap((name) => {
    const path = `/oauth2/${name}`;
    const named = (text: string) => ["authorization", String(basic(text, "wrong")["authorization"])] as const;
    return [
      door(
        `the form of ${path}`,
        (text) => sendRaw(address, { path, headers: [type], body: form(text) }),
        BODY / 9,
      ),
      door(`the client's name at ${path}`, (text) =>
        sendRaw(address, {
          path,
          headers: [type, named(text)],
          body: "token=a&grant_type=client_credentials",
        }),
      ),
    ];
  });
}

const LOGIN = `mutation { login(input: { loginName: "nobody", password: "wrong-password" }) { __typename } }`;

/** Every operation, with the text as each of its strings. */
function operationDoors({ send }: Client): AnonymousDoor[] {
  return everyOperation().map(({ name }) => {
    const field = printed.getMutationType()?.getFields()[name] ?? printed.getQueryType()?.getFields()[name];
    const variables = (text: string): object =>
      Object.fromEntries(
        (field?.args ?? [])
          .filter((argument) => argument.name in (INPUTS[name] ?? {}))
          .map((argument) => [
            argument.name,
            withText(argument.type, (INPUTS[name] as Record<string, unknown>)[argument.name], text),
          ]),
      );
    const strings = JSON.stringify(variables("✂")).split("✂").length - 1;
    return {
      title: name,
      limit: Math.floor(BODY / Math.max(1, strings)),
      knock: (text) => send(documentOf(name), variables(text)),
    };
  });
}

function withText(type: GraphQLInputType, value: unknown, text: string): unknown {
  if (isNonNullType(type)) return withText(type.ofType, value, text);
  if (isListType(type)) return (value as unknown[]).map((each) => withText(type.ofType, each, text));
  const named = getNamedType(type);
  if (named.name === "String" || named.name === "ID") return text;
  if (!isInputObjectType(named) || typeof value !== "object" || value === null) return value;
  const fields = named.getFields();
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [
      name,
      fields[name] ? withText(fields[name].type, each, text) : each,
    ]),
  );
}

/** The forms that a page shows to whoever asks for it. */
function formDoors(keyturn: Keyturn): AnonymousDoor[] {
  const link = `ktm_${"a".repeat(49)}`;
  const pages = [
    "/login",
    "/reset-password",
    `/reset-password/${link}`,
    `/confirm-email/${link}`,
    "/oauth2/end-session",
    "/step-up",
  ];
  return pages.map((path) => ({
    title: `the form of ${path.replace(link, ":token")}`,
    limit: FORM,
    knock: async (text) => {
      const browser = openFormBrowser(keyturn);
      await browser.get(path);
      const names = ["loginName", "password", "name", "newPassword", "next", "challenge", "token", "code"];
      const { status, html } = await browser.submit(
        Object.fromEntries(names.map((name) => [name, text.slice(0, FORM / 8)])),
      );
      return { status, text: html };
    },
  }));
}
