/** The language of the page, as the server chose it: the account's own, or what the browser asks for. */
export const language: "en" | "ja" = document.documentElement.lang === "ja" ? "ja" : "en";
