import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import sparticuz from "@sparticuz/chromium";
import { Secret, TOTP } from "otpauth";
import { chromium } from "playwright-core";

// Takes the pictures of the documents from the real pages: node apps/server/pictures.mjs, after a build.

const root = fileURLToPath(new URL("../../", import.meta.url));
const PASSWORD = "plum-otter-basin-42";
const PLACES = ["/usr/bin/chromium", "/usr/bin/google-chrome"];

const port = await findFreePort();
const address = `http://localhost:${port}`;
const data = mkdtempSync(`${tmpdir()}/keyturn-pictures-`);
const server = spawn(process.execPath, [`${root}apps/server/bin/keyturn.js`, "serve"], {
  env: { ...process.env, PORT: String(port), KEYTURN_DATA_DIR: data, KEYTURN_ADMIN_PASSWORD: PASSWORD },
  stdio: ["ignore", "ignore", "inherit"],
});
try {
  await untilItAnswers();
  await takePictures();
} finally {
  server.kill();
  rmSync(data, { recursive: true, force: true });
}

async function takePictures() {
  const installed = process.env.CHROMIUM_PATH ?? PLACES.find(existsSync);
  const browser = await chromium.launch({
    executablePath: installed ?? (await sparticuz.executablePath()),
    args: installed === undefined ? sparticuz.args : [],
    chromiumSandbox: false,
  });
  const page = await browser.newPage({ viewport: { width: 1180, height: 970 }, locale: "en-US" });
  const take = (name) => page.screenshot({ path: `${root}docs/images/${name}.png` });
  await logIn(page);
  await askForQrCode(page);
  await take("configure-two-factor");
  await enable(page);
  await page.setViewportSize({ width: 1280, height: 720 });
  await runFirstTab(page);
  await take("playground");
  await browser.close();
}

async function logIn(page) {
  await page.goto(`${address}/login`);
  await page.getByLabel("Login name").fill("admin");
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Log in" }).click();
  await page.waitForURL(`${address}/account/**`);
}

async function askForQrCode(page) {
  await page.goto(`${address}/account/login-name-and-password`);
  await page.getByRole("link", { name: "Enable" }).click();
  await page.getByRole("img").waitFor();
}

async function enable(page) {
  const key = await page.locator("code").first().textContent();
  const code = new TOTP({ secret: Secret.fromBase32(key.replaceAll(" ", "")) }).generate();
  await page.getByLabel("Verification code").fill(code);
  await page.getByRole("button", { name: "Enable" }).click();
  await page.getByText("recovery codes").first().waitFor();
}

/** Who has two-factor authentication on: the administrator, by now. */
async function runFirstTab(page) {
  await page.goto(`${address}/playground`);
  await page.locator(".graphiql-query-editor").getByText("FindAccounts").first().waitFor();
  await page.getByRole("button", { name: /^Execute query/ }).click();
  await page.locator(".graphiql-response").getByText("ENABLED").first().waitFor();
  // The words of the language get their colours a moment after the text is there.
  await page.locator(".graphiql-query-editor").locator("[class^=mtk]:not(.mtk1)").nth(9).waitFor();
}

/** Asks until the server answers; it needs a second or two. */
async function untilItAnswers() {
  for (let tries = 0; tries < 100; tries += 1) {
    if (await fetch(`${address}/readyz`).catch(() => null)) return;
    await sleep(100);
  }
  throw new Error("the server does not answer");
}

function findFreePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer()
      .on("error", reject)
      .listen(0, "127.0.0.1", () => {
        const { port: free } = probe.address();
        probe.close(() => resolve(free));
      });
  });
}
