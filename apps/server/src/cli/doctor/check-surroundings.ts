import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Config } from "../../platform/config.js";
import { checkDataDirectory } from "../../platform/data-directory.js";
import { type Finding, fault, ok, warning } from "./check.js";

/** Looks at the data directory, without making it. */
export function checkDirectory(config: Config): Finding {
  const { dataDirectory } = config;
  if (!existsSync(dataDirectory))
    return warning("data directory", `${dataDirectory} is not there yet; the first start makes it.`);
  const [found] = checkDataDirectory(config);
  return found === undefined
    ? ok("data directory", `${dataDirectory} can be read and written.`)
    : fault("data directory", `${dataDirectory}: expected ${found.expected}.`);
}

/** Says how mails go out. No mail is sent. */
export function checkMail({ smtpUrl, production, dataDirectory }: Config): Finding {
  if (smtpUrl === null) {
    const message = `Mails become files in ${join(dataDirectory, "mails")}; set KEYTURN_SMTP_URL to send them.`;
    return production ? warning("mail", message) : ok("mail", message);
  }
  const { protocol, hostname, host, searchParams } = new URL(smtpUrl);
  const isEncrypted = protocol === "smtps:" || searchParams.get("requireTLS") === "true";
  if (isEncrypted || isLoopback(hostname)) return ok("mail", `Mails go out by ${protocol}//${host}.`);
  return warning(
    "mail",
    `Mails go out by ${protocol}//${host}, perhaps in the clear; use smtps:// or ?requireTLS=true, as they carry links that set a password.`,
  );
}

function isLoopback(hostname: string): boolean {
  return /^(localhost|127[.][\d.]+|\[::1\])$/.test(hostname);
}
