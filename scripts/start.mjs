import { buildIfNeeded } from "./build.mjs";
import { installIfNeeded } from "./install.mjs";
import { endWithNpm } from "./processes.mjs";

endWithNpm();
await installIfNeeded();
await buildIfNeeded();
// In this very process, so that a signal to it reaches the server.
await import("../apps/server/dist/main.js");
