import type { Keyturn } from "./keyturn.js";

/** A page as a browser got it. */
export interface ReceivedPage {
  readonly status: number;
  readonly headers: Headers;
  readonly html: string;
  /** The value of an input. */
  readonly input: (name: string) => string | null;
}

/** A browser without script: it keeps cookies, and sends the forms that it is shown. */
export interface FormBrowser {
  readonly cookies: Map<string, string>;
  /** Gets a page; follows no redirect but from an application's sealed request to its question. */
  readonly get: (path: string) => Promise<ReceivedPage>;
  /** Fills in the form of the page that was got last and sends it; follows no redirect. */
  readonly submit: (
    fields?: Record<string, string>,
    headers?: Record<string, string>,
  ) => Promise<ReceivedPage>;
}

/** Opens one that asks in English unless it is told otherwise. */
export function openFormBrowser(
  { address, app }: Pick<Keyturn, "address" | "app">,
  language = "en",
): FormBrowser {
  return openBrowserAt(address, { origin: app.context.config.publicUrl.origin, language });
}

/** Opens one that visits any web application. */
export function openBrowserAt(
  address: string,
  { origin = address, language = "en" }: { readonly origin?: string; readonly language?: string } = {},
): FormBrowser {
  const cookies = new Map<string, string>();
  let shown: ReceivedPage | null = null;
  const ask = async (path: string, init: RequestInit): Promise<ReceivedPage> => {
    const cookie = [...cookies].map((pair) => pair.join("=")).join("; ");
    const headers = { "accept-language": language, ...(cookie && { cookie }), ...init.headers };
    const response = await fetch(address + path, { ...init, headers, redirect: "manual" });
    keep(cookies, response);
    shown = read(response, await response.text());
    return shown;
  };
  return {
    cookies,
    get: async (path) => {
      const page = await ask(path, {});
      const next = page.headers.get("location") ?? "";
      return path.startsWith("/consent?") && next.startsWith("/consent/") ? await ask(next, {}) : page;
    },
    submit: (fields = {}, headers = {}) => {
      const { html } = shown ?? { html: "" };
      const action = decodeEntities(/<form method="post" action="([^"]+)"/.exec(html)?.[1] ?? "/no-form");
      const body = new URLSearchParams({ ...inputsOf(html), ...fields }).toString();
      const form = { "content-type": "application/x-www-form-urlencoded", origin, ...headers };
      return ask(action, { method: "POST", body, headers: form });
    },
  };
}

function keep(cookies: Map<string, string>, { headers }: Response): void {
  for (const cookie of headers.getSetCookie()) {
    const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
    if (value === "") cookies.delete(name);
    else cookies.set(name, value);
  }
}

function read({ status, headers }: Response, html: string): ReceivedPage {
  return { status, headers, html, input: (name) => inputsOf(html)[name] ?? null };
}

function inputsOf(html: string): Record<string, string> {
  const inputs = [...html.matchAll(/<input [^>]*>/g)].map(([tag]) => [
    /name="([^"]*)"/.exec(tag)?.[1] ?? "",
    decodeEntities(/value="([^"]*)"/.exec(tag)?.[1] ?? ""),
  ]);
  return Object.fromEntries(inputs);
}

/** Reads a text as a browser reads an attribute's. */
export function decodeEntities(text: string): string {
  return text.replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code))).replaceAll("&amp;", "&");
}
