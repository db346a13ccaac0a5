import { fileURLToPath } from "node:url";
import { buildIfNeeded } from "./build.mjs";
import { installIfNeeded } from "./install.mjs";
import { endWithNpm, runTogether } from "./processes.mjs";

const fromRoot = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

endWithNpm();
await installIfNeeded();
await buildIfNeeded();
runTogether([
  [
    fromRoot("node_modules/typescript/bin/tsc"),
    "--project",
    fromRoot("apps/server/tsconfig.build.json"),
    "--watch",
    "--preserveWatchOutput",
  ],
  ["--watch", "--watch-preserve-output", fromRoot("apps/server/dist/main.js")],
]);
