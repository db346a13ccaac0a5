import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { runQuietly } from "./processes.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const stampFile = `${root}node_modules/.keyturn-install`;
const oldestNode = [20, 19];

/**
 * Makes sure that the dependencies in `node_modules` are those of the lock file, built for this Node.
 *
 * Ends the process with a message where Node is too old or the installation fails.
 */
export async function installIfNeeded() {
  refuseOldNode();
  const wanted = stamp();
  if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === wanted) return;
  console.log("Installing dependencies (first time: a minute or two) …");
  const { code, output } = await npm(["ci", "--include=dev", "--no-audit", "--no-fund"]);
  if (code !== 0) {
    console.error(output);
    console.error(`Installing the dependencies failed (npm ci, exit code ${code}); its output stands above.`);
    process.exit(code);
  }
  writeFileSync(stampFile, wanted);
}

/** Native addons fit one ABI, so another Node needs another installation. */
function stamp() {
  const lock = readFileSync(`${root}package-lock.json`);
  return createHash("sha256").update(lock).update(process.versions.modules).digest("hex");
}

function npm(args) {
  const cli = process.env.npm_execpath ?? "";
  // Another package manager sets the variable too, and knows no `ci`.
  if (/npm-cli\.c?js$/.test(cli)) return runQuietly(process.execPath, [cli, ...args], { cwd: root });
  if (process.platform === "win32") return runQuietly("cmd.exe", ["/c", "npm", ...args], { cwd: root });
  return runQuietly("npm", args, { cwd: root });
}

function refuseOldNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return;
  console.error(
    `Keyturn needs Node ${oldestNode.join(".")} or later; this is Node ${process.versions.node}.`,
  );
  process.exit(1);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await installIfNeeded();
