import { Core1764000000000 } from "./1764000000000-core.js";
import { Administration1764100000000 } from "./1764100000000-administration.js";
import { OAuth1764200000000 } from "./1764200000000-oauth.js";
import { RequestsAndHints1764320000000 } from "./1764320000000-requests-and-hints.js";

/** Every migration, oldest first. */
export const migrations = [
  Core1764000000000,
  Administration1764100000000,
  OAuth1764200000000,
  RequestsAndHints1764320000000,
];
