import type { MessageLocale } from "../locale.js";
import { en, type Words } from "./en.js";
import { ja } from "./ja.js";

/** The words of a language: everything that Keyturn says to a person. */
export function words(locale: MessageLocale): Words {
  return locale === "ja" ? ja : en;
}
