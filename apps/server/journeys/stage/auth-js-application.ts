import { Auth, type AuthConfig } from "@auth/core";
import type { Provider } from "@auth/core/providers";
import { blocksOf, readDocument } from "../../laws/docs-markdown.js";
import type { RegisteredClient } from "./oauth-application.js";

const ORIGIN = "https://shop.example.com";

/** The address to register for it. */
export const AUTH_JS_CALLBACK = `${ORIGIN}/auth/callback/keyturn`;

/** A web application with Auth.js, and the browser of one person before it. */
export interface AuthJsApplication {
  /** Begins to log in, and returns where the browser is sent. */
  readonly signIn: () => Promise<string>;
  /** Comes back from there. */
  readonly comeBack: (address: URL) => Promise<Response>;
  /** What the application knows of who is logged in; null for nobody. */
  // biome-ignore lint/suspicious/noExplicitAny: it is what the configuration below makes of it
  readonly session: () => Promise<any>;
}

/** Opens one that knows Keyturn by its issuer alone, as a provider of OpenID Connect. */
export function openAuthJsApplication(issuer: string, client: RegisteredClient): AuthJsApplication {
  const config = configure(issuer, client);
  const cookies = new Map<string, string>();
  const ask = async (address: string | URL, init: RequestInit = {}): Promise<Response> => {
    const request = new Request(new URL(address, ORIGIN), init);
    request.headers.set("cookie", [...cookies].map((pair) => pair.join("=")).join("; "));
    const response = await Auth(request, config);
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      cookies.set(name, value);
    }
    return response;
  };
  return {
    signIn: async () => {
      const { csrfToken } = (await (await ask("/auth/csrf")).json()) as { csrfToken: string };
      const form = { method: "POST", body: new URLSearchParams({ csrfToken }) };
      return (await ask("/auth/signin/keyturn", form)).headers.get("location") ?? "";
    },
    comeBack: (address) => ask(address),
    session: async () => (await ask("/auth/session")).json(),
  };
}

/** The provider that the document shows, as it is. */
function providerOf(env: Record<string, string>): Provider {
  const [block] = blocksOf(readDocument("docs/oauth.md")).filter(({ mark }) => mark === "auth.mjs");
  if (block === undefined) throw new Error("docs/oauth.md shows no provider for Auth.js");
  const code = `${block.code.replace("export const keyturn", "const keyturn")}\nreturn keyturn;`;
  return new Function("process", code)({ env }) as Provider;
}

function configure(issuer: string, { id, secret }: RegisteredClient): AuthConfig {
  return {
    ...{ basePath: "/auth", secret: "a-secret-of-the-application", trustHost: true },
    logger: { error: () => undefined },
    providers: [providerOf({ KEYTURN: issuer, CLIENT_ID: id, CLIENT_SECRET: secret })],
    callbacks: {
      jwt: ({ token, account, profile }) => (account ? { ...token, account, profile } : token),
      session: ({ session, token }) => Object.assign(session, token),
    },
  };
}
