import { existsSync } from "node:fs";
import sparticuz from "@sparticuz/chromium";
import { type Browser, chromium } from "playwright-core";
import type { Keyturn } from "./keyturn.js";

const COMMON_PLACES = [
  ...["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/snap/bin/chromium"],
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/**
 * Opens a real Chromium that finds a test's server at its public address: the one that `CHROMIUM_PATH` names, one that
 * is installed, or else the one that comes with the packages of the tests.
 */
export async function openBrowser({ address, app }: Pick<Keyturn, "address" | "app">): Promise<Browser> {
  const { host } = app.context.config.publicUrl;
  const { executablePath, args } = await findChromium();
  const toServer = `--host-resolver-rules=MAP ${host} ${new URL(address).host}`;
  return await chromium.launch({ executablePath, args: [...args, toServer], chromiumSandbox: false });
}

async function findChromium(): Promise<{ executablePath: string; args: string[] }> {
  const named = process.env["CHROMIUM_PATH"];
  const installed = named ?? COMMON_PLACES.find(existsSync);
  if (installed !== undefined) return { executablePath: installed, args: [] };
  // In one process it dies with the first page that does, and on some machines with the second context.
  const args = sparticuz.args.filter((argument) => argument !== "--single-process");
  return { executablePath: await sparticuz.executablePath(), args };
}
