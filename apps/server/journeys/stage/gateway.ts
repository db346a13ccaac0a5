import { type ChildProcessByStdio, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { blocksOf, ROOT, readDocument } from "../../laws/docs-markdown.js";

/** The folder of the example, from the root. */
export const EXAMPLE = "examples/nginx-forward-auth";
// Debian's lies where the paths of ordinary users do not lead.
const PATH = `${process.env["PATH"]}:/usr/sbin:/usr/local/sbin`;

/** Says whether this machine has an nginx that can ask another server. */
export function hasNginx(): boolean {
  const asked = spawnSync("nginx", ["-V"], { env: { ...process.env, PATH }, encoding: "utf8" });
  return asked.error === undefined && asked.stderr.includes("http_auth_request_module");
}

/** The example as it stands, but for its ports: a real nginx in front of its API. */
export interface Gateway {
  readonly address: string;
  readonly close: () => Promise<void>;
}

/** A command of the example's README, by its mark. */
function commandOf(mark: "keyturn" | "api" | "gateway"): string {
  const block = blocksOf(readDocument(`${EXAMPLE}/README.md`)).find((each) => each.mark === mark);
  if (block === undefined) throw new Error(`the example's README has no command for ${mark}`);
  return block.code;
}

/** The variables with which the README starts Keyturn. */
export function environmentOfExample(): Record<string, string> {
  const found = [...commandOf("keyturn").matchAll(/\b(KEYTURN_\w+)=(?:'([^']*)'|(\S+))/g)];
  return Object.fromEntries(found.map(([, name = "", quoted, plain]) => [name, quoted ?? plain ?? ""]));
}

/** Finds a port on which nobody listens. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  await once(server.close(), "close");
  return port;
}

/** Starts the example's API and its nginx by the README's own commands, on a port, in front of a Keyturn. */
export async function startGateway(keyturn: string, port: number): Promise<Gateway> {
  const api = await startApi();
  const folder = await mkdtemp(join(tmpdir(), "keyturn-gateway-"));
  // As root nginx works as another user, who writes here.
  await chmod(folder, 0o755);
  await writeFile(join(folder, "nginx.conf"), await configuration({ keyturn, api: api.address, port }));
  const command = commandOf("gateway").replaceAll("/tmp/keyturn-gateway", folder);
  const nginx = startBy(command, folder);
  await told(nginx.stderr, /start worker processes/);
  return {
    address: `http://127.0.0.1:${port}`,
    close: async () => {
      process.kill(Number(await readFile(join(folder, "nginx.pid"), "utf8")), "SIGTERM");
      await once(nginx, "exit");
      await api.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function configuration(to: { keyturn: string; api: string; port: number }): Promise<string> {
  const text = await readFile(`${ROOT}${EXAMPLE}/nginx.conf`, "utf8");
  const replaced: [from: string, to: string][] = [
    ["127.0.0.1:4000", new URL(to.keyturn).host],
    ["127.0.0.1:4001", new URL(to.api).host],
    ["127.0.0.1:8080", `127.0.0.1:${to.port}`],
    ["error_log stderr warn", "error_log stderr notice"],
  ];
  return replaced.reduce((sum, [from, text]) => {
    if (sum.split(from).length !== 2) throw new Error(`the example's nginx.conf does not say ${from} once`);
    return sum.replace(from, text);
  }, text);
}

/** Starts the example's API alone, by the README's own command. */
export async function startApi(): Promise<Gateway> {
  const api = startBy(`exec ${commandOf("api")}`, `${ROOT}${EXAMPLE}`, { PORT: "0" });
  const [address = ""] = await told(api.stdout, /http:\S+/);
  const close = async (): Promise<void> => {
    api.kill();
    await once(api, "exit");
  };
  return { address, close };
}

type Started = ChildProcessByStdio<null, Readable, Readable>;

function startBy(command: string, cwd: string, environment: Record<string, string> = {}): Started {
  const env = { ...process.env, PATH, ...environment };
  return spawn("bash", ["-euc", command], { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
}

/** Waits until a process says something; the test fails where it ends before. */
function told(stream: Readable, pattern: RegExp): Promise<RegExpExecArray> {
  let text = "";
  return new Promise((resolve, reject) => {
    // It is read to its end: a pipe that fills stops who writes it.
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
      const found = pattern.exec(text);
      if (found !== null) resolve(found);
    });
    stream.once("end", () => reject(new Error(`it ended, and said: ${text}`)));
  });
}
