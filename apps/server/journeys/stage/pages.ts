/// <reference lib="dom" />
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { expect } from "vitest";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** A page of a browser, and what went wrong on it behind the person's back. */
export interface WatchedPage {
  readonly page: Page;
  /** Errors and warnings of the console, and what was thrown. */
  readonly complaints: readonly string[];
  readonly close: () => Promise<void>;
}

/** Opens a page in a context of its own: nothing is known of earlier ones. */
export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<WatchedPage> {
  const context = await browser.newContext({ locale: "en-US", ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  return { page, complaints, close: () => context.close() };
}

/** Closes pages; nothing may have gone wrong on them behind the person's back. */
export async function closeWithoutComplaints(opened: WatchedPage[]): Promise<void> {
  for (const { complaints, close } of opened.splice(0)) {
    await close();
    expect(complaints).toEqual([]);
  }
}

/** What holds the focus: its label, or what it says. */
export async function focused(page: Page): Promise<string> {
  return await page.evaluate(() => {
    const { activeElement: element } = document;
    return (element as HTMLInputElement | null)?.labels?.[0]?.textContent ?? element?.textContent ?? "";
  });
}

/** Lets axe look at a page as it stands, in light and in dark; it must find nothing. */
export async function expectNoBarriers(page: Page): Promise<void> {
  await bringAxe(page);
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  expect(await barriersOf(page, {}), `${page.url()} in light`).toEqual([]);
  // A theme is other colours and nothing else.
  await page.emulateMedia({ colorScheme: "dark" });
  expect(await barriersOf(page, { runOnly: ["color-contrast"] }), `${page.url()} in dark`).toEqual([]);
}

/** Evaluated by the browser's debugger, which the page's policy does not bind. */
async function bringAxe(page: Page): Promise<void> {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(AXE);
}

async function barriersOf(page: Page, rules: { runOnly?: string[] }): Promise<string[]> {
  return await page.evaluate(
    async (options) => {
      const { axe } = globalThis as unknown as { axe: Axe };
      // What was said aloud stays there for seconds, and may name a button that is gone.
      const { violations } = await axe.run({ exclude: [["[data-live-announcer]"]] }, options);
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
    },
    { resultTypes: ["violations"], preload: false, iframes: false, ...rules },
  );
}

interface Axe {
  readonly run: (context: object, options: object) => Promise<AxeResults>;
}

interface AxeResults {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly html: string }[];
  }[];
}
