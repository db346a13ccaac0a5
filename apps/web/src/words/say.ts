import type { Words } from "./en/index";
import { language } from "./language";

const catalogues = {
  en: async (): Promise<Words> => (await import("./en/index")).en,
  ja: async (): Promise<Words> => (await import("./ja/index")).ja,
};

/** Every sentence of the pages, in their language; the other catalogue is not loaded. */
export const say: Words = await catalogues[language]();
