import { symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { blur, shownAnswers } from "../laws/docs-answers.js";
import { type Block, blocksOf, ROOT, readDocument } from "../laws/docs-markdown.js";
import { beginWalk, type Step, stepsOf, type Walk } from "../laws/docs-walk.js";
import { openBrowserAt, openFormBrowser, type ReceivedPage } from "./stage/forms.js";
import { freePort } from "./stage/gateway.js";
import { ADMINISTRATOR } from "./stage/keyturn.js";
import { endAll, type Running, runShown } from "./stage/process.js";

const document = readDocument("docs/oauth.md");
const PROGRAM = "program";
/** What the document takes for granted, and where it says that it stands. */
const [functions] = stepsOf(readDocument("docs/start.md")).filter(({ command }) =>
  command.code.includes("graphql() {"),
);

let walk: Walk;

beforeAll(async () => {
  const port = String(await freePort());
  walk = await beginWalk({ PORT: port, KEYTURN_PUBLIC_URL: `http://127.0.0.1:${port}` });
  // The programs have the machine's clock, and look whether an ID token has run out.
  walk.keyturn.clock.set(Date.now());
  await symlink(`${ROOT}node_modules`, join(walk.folder, "node_modules"));
});
afterAll(async () => {
  await endAll();
  await walk.end();
});

it("is a walk that goes as it says, with programs that do what it says", async () => {
  await walk.run(functions?.command ?? { code: "false" });
  const steps = stepsIn(blocksOf(document));
  expect(steps.length).toBeGreaterThan(10);
  for (const step of steps) {
    const printed = (await take(step.command)).replaceAll(walk.keyturn.address, "http://localhost:4000");
    const shown = shownAnswers(step);
    expect(blur(printed, shown), `docs/oauth.md:${step.command.line}`).toEqual(shown);
  }
});

/** Every command and every program, with what is shown after it. */
function stepsIn(blocks: readonly Block[]): Step[] {
  const steps: { command: Block; answers: Block[] }[] = [];
  for (const block of blocks) {
    if (block.language === "sh" || block.language === "js") steps.push({ command: block, answers: [] });
    else steps.at(-1)?.answers.push(block);
  }
  return steps;
}

/** Does what a reader does with a block, and returns what they get to see. */
async function take(block: Block): Promise<string> {
  if (block.language === "sh" && block.mark === "walk") return await walk.run(block);
  if (block.language === "js" && block.mark !== null) {
    await writeFile(join(walk.folder, block.mark), block.code);
    return "";
  }
  const [, name = ""] = /^node (\S+)$/m.exec(block.code) ?? [];
  const visit = VISITS[name];
  if (block.mark !== PROGRAM || visit === undefined) throw new Error(`nobody runs this: ${block.code}`);
  return await visit(block);
}

const VISITS: Readonly<Record<string, (block: Block) => Promise<string>>> = {
  "sign-in.mjs": async (block) => {
    const [, address = ""] = await (await start(block)).says(/^Open (\S+)\n/);
    const browser = openBrowserAt(address);
    const back = await allow(locationOf(await browser.get("/")));
    const { html } = await browser.get(back.replace(address, ""));
    expect((await openBrowserAt(address).get(back.replace(address, ""))).status).toBe(303);
    return html;
  },
  "who-am-i.mjs": async (block) => {
    const program = await start(block);
    const [, address = ""] = await program.says(/^Open (\S+)\n/);
    const back = await allow(address);
    expect((await fetch(new URL("/callback?code=x&state=y", back))).status).toBe(404);
    expect(await (await fetch(back)).text()).toBe("Go on in the terminal.");
    const { status, stdout, stderr } = await program.ended;
    expect([status, stderr]).toEqual([0, ""]);
    return stdout;
  },
};

/** Starts a program with what its reader's terminal knows by now. */
async function start({ code }: Block): Promise<Running> {
  const names = ["KEYTURN", "CLIENT_ID", "CLIENT_SECRET", "PUBLIC_ID"];
  const known = await walk.run({ code: names.map((name) => `echo "\${${name}-}"\n`).join("") });
  const values = known.split("\n");
  const environment = Object.fromEntries(names.map((name, index) => [name, values[index] ?? ""]));
  return runShown(code, walk.folder, { ...environment, PORT: String(await freePort()) });
}

/** Goes where the application sent the browser, logs the administrator in, allows it, and returns where that leads. */
async function allow(address: string): Promise<string> {
  const browser = openFormBrowser(walk.keyturn);
  const { pathname, search } = new URL(address);
  const consent = locationOf(await browser.get(pathname + search));
  await browser.get(locationOf(await browser.get(consent)));
  await browser.get(locationOf(await browser.submit(ADMINISTRATOR)));
  return locationOf(await browser.submit({ answer: "allow" }));
}

function locationOf({ status, headers }: ReceivedPage): string {
  expect(status).toBe(303);
  return headers.get("location") ?? "";
}
