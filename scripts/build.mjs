import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { runQuietly } from "./processes.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const stampFile = `${root}node_modules/.keyturn-build`;
const built = ["apps", "packages", "package.json", "tsconfig.base.json", "turbo.json"];
const unbuilt = new Set(["node_modules", ".turbo"]);

/**
 * Builds every workspace whose sources changed.
 *
 * Prints what failed and ends the process where one does not build.
 */
export async function buildIfNeeded() {
  // Turborepo knows this too, but takes longer to say so than the server takes to start.
  if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp()) return;
  if (!existsSync(`${root}apps/server/dist/main.js`)) console.log("Building …");
  const { code, output } = await runQuietly(
    process.execPath,
    [`${root}node_modules/turbo/bin/turbo`, "run", "build", "--output-logs=errors-only", "--no-color"],
    { cwd: root, env: { TURBO_TELEMETRY_DISABLED: "1", TURBO_NO_UPDATE_NOTIFIER: "1" } },
  );
  if (code !== 0) {
    console.error(output);
    console.error("The build failed; its output stands above.");
    process.exit(code);
  }
  writeFileSync(stampFile, stamp());
}

/** Covers what is built from and what is built, so that a lost or foreign `dist` is noticed as well. */
function stamp() {
  const hash = createHash("sha256");
  for (const file of built.flatMap(filesIn)) {
    const { size, mtimeMs } = statSync(root + file);
    hash.update(`${file} ${size} ${mtimeMs}\n`);
  }
  return hash.digest("hex");
}

function filesIn(path) {
  if (statSync(root + path).isFile()) return [path];
  return readdirSync(root + path)
    .filter((name) => !unbuilt.has(name))
    .flatMap((name) => filesIn(`${path}/${name}`));
}
