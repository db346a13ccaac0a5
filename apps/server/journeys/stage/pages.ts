/// <reference lib="dom" />
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";
import { expect } from "vitest";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

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

/** A page must fit on its screen. */
export async function expectNoScrolling(page: Page): Promise<void> {
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBeLessThanOrEqual(page.viewportSize()?.width ?? 0);
}

/** A page that says why there is nothing to do shows no QR code, and offers nothing to press in vain. */
export async function expectOnlyWords(page: Page): Promise<void> {
  const main = page.getByRole("main");
  expect(await main.getByRole("img").count()).toBe(0);
  expect(await main.getByRole("button").count()).toBe(0);
  await main.getByRole("link", { name: "Back to Login Name & Password" }).waitFor();
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
