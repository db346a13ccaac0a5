import Negotiator from "negotiator";

/** The languages that messages and mails are written in. */
export type MessageLocale = "en" | "ja";

const LOCALES = ["en", "ja"] as const satisfies MessageLocale[];

/** Chooses the language of messages by an `Accept-Language` header (RFC 9110, section 12.5.4); English where in doubt. */
export function negotiateLocale(acceptLanguage: string | undefined): MessageLocale {
  const wanted = new Negotiator({ headers: { "accept-language": acceptLanguage } }).language(LOCALES);
  return messageLocale(wanted ?? "en");
}

/** Chooses the language of messages for a BCP 47 locale, an account's say; English where it has no other. */
export function messageLocale(locale: string): MessageLocale {
  return LOCALES.find((language) => language === locale.split("-")[0]?.toLowerCase()) ?? "en";
}
