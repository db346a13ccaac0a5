import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { on, once } from "node:events";
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Secret, TOTP } from "otpauth";
import { ADMINISTRATOR, type Keyturn, startKeyturn } from "../journeys/stage/keyturn.js";
import { type Block, blocksOf, type Document, ROOT } from "./docs-markdown.js";

/** A command of a walk, and the answers that the document shows after it. */
export interface Step {
  readonly command: Block;
  readonly answers: readonly Block[];
}

/** The mark of a block that is part of a document's walk. */
const WALK = "walk";
/** Ends what a step prints: a character that no answer holds. */
const END = "\u001e";
const COMMAND = `${ROOT}apps/server/bin/keyturn.js`;

/** Lists the steps of a document's walk: every `sh` block marked as one, with the `json` and `text` blocks after it. */
export function stepsOf(document: Document): Step[] {
  const steps: { command: Block; answers: Block[] }[] = [];
  for (const block of blocksOf(document)) {
    if (block.mark === WALK) steps.push({ command: block, answers: [] });
    else if (block.language === "json" || block.language === "text") steps.at(-1)?.answers.push(block);
  }
  return steps;
}

/** A shell beside a server of its own, in a folder where the server's data lie in `data`. */
export interface Walk {
  readonly keyturn: Keyturn;
  readonly folder: string;
  /** Runs one command and returns what it printed; the test fails where it does. */
  run(command: Pick<Block, "code">): Promise<string>;
  end(): Promise<void>;
}

/**
 * Begins a walk: a server with a fake clock, and a bash that knows its address and its administrator's password as the
 * documents name them, with an `oathtool` that asks that clock and an `npx` that knows the server's own command.
 */
export async function beginWalk(environment: Record<string, string> = {}): Promise<Walk> {
  // Mails become files, as they do where nothing is configured.
  const keyturn = await startKeyturn("sqlite", { KEYTURN_SMTP_URL: "", ...environment });
  const folder = await mkdtemp(join(tmpdir(), "keyturn-walk-"));
  await symlink(keyturn.dataDirectory, join(folder, "data"));
  const calculator = await startCalculator(keyturn);
  await writeOathtool(folder);
  await writeKeyturn(folder);
  const shell = spawn("bash", ["--noprofile", "--norc", "-eu"], {
    cwd: folder,
    env: {
      PATH: `${join(folder, "bin")}:${process.env["PATH"]}`,
      HOME: folder,
      CALCULATOR: `http://127.0.0.1:${(calculator.address() as AddressInfo).port}`,
      KEYTURN: keyturn.address,
      PASSWORD: ADMINISTRATOR.password,
      // Commands work on the walk's server, where a reader's `npx keyturn` works on theirs.
      KEYTURN_DATA_DIR: keyturn.dataDirectory,
      KEYTURN_DATABASE_URL: keyturn.database.url,
      KEYTURN_ARGON2: "m=64,t=1,p=1",
    },
  });
  shell.stdout.setEncoding("utf8");
  return {
    ...{ keyturn, folder },
    run: async ({ code }) => {
      const file = join(folder, "step.sh");
      await writeFile(file, code);
      const printed = await runIn(shell, `. ${file} < /dev/null; printf '${END}'\n`);
      await keyturn.settle();
      return printed;
    },
    end: async () => {
      shell.kill();
      calculator.close();
      await keyturn.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Runs one line in the shell, which lives on with its variables and functions. */
async function runIn(shell: ChildProcessWithoutNullStreams, line: string): Promise<string> {
  let printed = "";
  let faults = "";
  const done = (async () => {
    for await (const [chunk] of on(shell.stdout, "data", { close: ["end"] })) {
      printed += chunk;
      if (printed.endsWith(END)) return printed.slice(0, -END.length);
    }
    throw new Error(`a command failed: ${faults}${printed}`);
  })();
  const onFault = (chunk: Buffer): void => {
    faults += chunk;
  };
  shell.stderr.on("data", onFault);
  shell.stdin.write(line);
  return await done.finally(() => shell.stderr.off("data", onFault));
}

/** Calculates codes as another make than the server does; each comes a step later, as if one had waited for it. */
async function startCalculator({ clock }: Keyturn): Promise<Server> {
  const calculator = createServer((request, response) => {
    const asked = new URL(request.url ?? "", "http://localhost").searchParams.get("arguments") ?? "";
    const [, secret] = /^--totp -b ([A-Z2-7 ]+)$/.exec(asked) ?? [];
    if (secret === undefined) {
      response.writeHead(400).end();
      return;
    }
    clock.advance({ seconds: 30 });
    const totp = new TOTP({ secret: Secret.fromBase32(secret.replaceAll(" ", "")) });
    response.end(`${totp.generate({ timestamp: clock.now() })}\n`);
  });
  await once(calculator.listen(0, "127.0.0.1"), "listening");
  return calculator;
}

async function writeOathtool(folder: string): Promise<void> {
  const file = join(folder, "bin", "oathtool");
  await mkdir(join(folder, "bin"));
  await writeFile(file, `#!/bin/sh\nexec curl -sSf --get --data-urlencode "arguments=$*" "$CALCULATOR"\n`);
  await chmod(file, 0o755);
}

async function writeKeyturn(folder: string): Promise<void> {
  const file = join(folder, "bin", "npx");
  await writeFile(
    file,
    `#!/bin/sh\n[ "$1" = keyturn ] && shift && exec "${process.execPath}" "${COMMAND}" "$@"\n`,
  );
  await chmod(file, 0o755);
}
