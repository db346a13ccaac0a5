import { createHash } from "node:crypto";
import { MARK } from "./mark.js";

/** The look of the plain pages. */
export const STYLESHEET = `
:root {
  color-scheme: light dark;
  --ground: light-dark(#f3f5f9, #14171d);
  --sheet: light-dark(#ffffff, #1d2129);
  --ink: light-dark(#1c2230, #e6e9ef);
  --quiet: light-dark(#596377, #a3adbf);
  --line: light-dark(#8791a5, #6c7689);
  --edge: light-dark(#dfe3eb, #2c323d);
  --accent: light-dark(#2b5aa8, #8fb4f5);
  --on-accent: light-dark(#ffffff, #10192b);
  --bad: light-dark(#a3211b, #ff9d94);
  --bad-ground: light-dark(#fdecea, #3b1d1b);
  --good: light-dark(#1c6b34, #8fd6a4);
  --good-ground: light-dark(#e7f4ea, #1a3322);
}
* { box-sizing: border-box; }
body {
  margin: 0;
  min-height: 100vh;
  display: grid;
  place-items: start center;
  padding: clamp(0.75rem, 8vh, 6rem) 0.75rem;
  background: var(--ground);
  color: var(--ink);
  font: 1rem/1.5 system-ui, "Hiragino Sans", "Noto Sans CJK JP", "Noto Sans JP", sans-serif;
  line-break: strict;
}
#root { display: none; }
noscript { display: grid; justify-items: center; width: 100%; }
main {
  width: min(26rem, 100%);
  padding: clamp(1.25rem, 5vw, 2rem);
  border: 1px solid var(--edge);
  border-radius: 14px;
  background: var(--sheet);
}
h1 { margin: 0 0 1.25rem; word-break: auto-phrase; font-size: 1.375rem; line-height: 1.3; }
p { margin: 0 0 1rem; }
a { color: var(--accent); }
.issuer { display: flex; align-items: center; gap: 0.5rem; margin: 0 0 1rem; font-weight: 700; overflow-wrap: anywhere; }
.issuer::before { flex: none; width: 1.5rem; height: 1.5rem; background: url("${MARK}"); content: ""; }
.field { margin: 0 0 1rem; }
label { display: block; margin: 0 0 0.25rem; font-weight: 600; }
.hint { margin: 0 0 0.375rem; color: var(--quiet); font-size: 0.875rem; }
input:not([type="hidden"]) {
  display: block;
  width: 100%;
  padding: 0.625rem 0.75rem;
  border: 1px solid var(--line);
  border-radius: 8px;
  background: var(--sheet);
  color: inherit;
  font: inherit;
}
input[hidden] { display: none !important; }
input[inputmode="numeric"] { max-width: 11rem; font-variant-numeric: tabular-nums; letter-spacing: 0.12em; }
input[aria-invalid] { border-color: var(--bad); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 1px; }
button, .button {
  display: block;
  width: 100%;
  padding: 0.625rem 1rem;
  border: 0;
  border-radius: 8px;
  min-height: 2.75rem;
  background: var(--accent);
  color: var(--on-accent);
  font: inherit;
  font-weight: 600;
  text-align: center;
  text-decoration: none;
  cursor: pointer;
}
button:hover, .button:hover { filter: brightness(1.08); }
button + button { margin-top: 0.75rem; }
.quiet-button { border: 1px solid var(--line); background: var(--sheet); color: var(--ink); }
.aside .link-button {
  display: inline;
  width: auto;
  min-height: 2rem;
  padding: 0 0.25rem;
  background: none;
  color: var(--accent);
  font-weight: 400;
  text-decoration: underline;
}
details { margin: 0 0 1rem; }
summary { cursor: pointer; color: var(--accent); }
details[open] summary { margin-bottom: 0.75rem; }
.error { color: var(--bad); }
.field .error { margin: 0.375rem 0 0; font-size: 0.9375rem; }
ul:not([class]) { margin: 0 0 1rem; padding-left: 1.5rem; }
[role="alert"] { padding: 0.625rem 0.75rem; border-radius: 8px; background: var(--bad-ground); }
.done { padding: 0.625rem 0.75rem; border-radius: 8px; background: var(--good-ground); color: var(--good); }
.aside { margin: 1.25rem 0 0; font-size: 0.9375rem; text-align: center; }
.or { display: flex; align-items: center; gap: 0.75rem; color: var(--quiet); font-size: 0.875rem; }
.or::before, .or::after { content: ""; flex: 1; border-top: 1px solid var(--edge); }
.qr { width: min(13rem, 100%); margin: 0 auto 1rem; }
.qr svg { display: block; width: 100%; height: auto; border-radius: 8px; }
.key, .codes { font-family: ui-monospace, "SFMono-Regular", Menlo, Consolas, monospace; }
.key {
  padding: 0.5rem 0.75rem;
  border: 1px solid var(--edge);
  border-radius: 8px;
  background: var(--ground);
  text-align: center;
  user-select: all;
}
.codes {
  display: grid;
  grid-template-columns: repeat(auto-fit, minmax(10.5rem, 1fr));
  gap: 0.375rem 1rem;
  margin: 0 0 1.5rem;
  padding: 1rem;
  border: 1px solid var(--edge);
  border-radius: 8px;
  background: var(--ground);
  list-style: none;
  text-align: center;
}
@media print {
  .button { display: none; }
}
`;

const version = createHash("sha256").update(STYLESHEET).digest("base64url").slice(0, 16);

/** Where the stylesheet is: it changes with it, so that a browser may keep what it has. */
export const STYLESHEET_ADDRESS = `/pages/${version}.css`;
