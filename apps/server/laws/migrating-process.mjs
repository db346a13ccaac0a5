// Opens the database of the configuration in its argument and migrates it, once its standard input says so, and
// prints the names of the migrations that it ran. A process of its own, as each server that starts is one.

import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { createViteServer } from "vitest/node";

const loader = await createViteServer({
  configFile: false,
  root: fileURLToPath(new URL("..", import.meta.url)),
  logLevel: "error",
  appType: "custom",
  server: { middlewareMode: true, watch: null, ws: false },
  optimizeDeps: { noDiscovery: true },
});
const { openDatabase } = await loader.ssrLoadModule("/src/platform/database.ts");
const { migrations } = await loader.ssrLoadModule("/src/migrations/index.ts");

console.log("ready");
await once(process.stdin, "data");

const db = await openDatabase({ config: JSON.parse(process.argv[2]), entities: [], migrations });
console.log(JSON.stringify(await db.migrate()));
await db.close();
await loader.close();
process.stdin.destroy();
