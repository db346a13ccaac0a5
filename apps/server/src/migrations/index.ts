import { Core1764000000000 } from "./1764000000000-core.js";
import { Administration1764100000000 } from "./1764100000000-administration.js";

/** Every migration, oldest first. */
export const migrations = [Core1764000000000, Administration1764100000000];
