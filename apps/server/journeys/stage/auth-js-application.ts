import { Auth, type AuthConfig } from "@auth/core";
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

function configure(issuer: string, { id, secret }: RegisteredClient): AuthConfig {
  return {
    ...{ basePath: "/auth", secret: "a-secret-of-the-application", trustHost: true },
    logger: { error: () => undefined },
    providers: [
      {
        ...{ id: "keyturn", name: "Keyturn", type: "oidc", issuer, clientId: id, clientSecret: secret },
        checks: ["pkce", "state", "nonce"],
        // It asks userinfo for the profile.
        idToken: false,
      },
    ],
    callbacks: {
      jwt: ({ token, account, profile }) => (account ? { ...token, account, profile } : token),
      session: ({ session, token }) => Object.assign(session, token),
    },
  };
}
