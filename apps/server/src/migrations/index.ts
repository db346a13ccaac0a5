import { Core1764000000000 } from "./1764000000000-core.js";

/** Every migration, oldest first. */
export const migrations = [Core1764000000000];
