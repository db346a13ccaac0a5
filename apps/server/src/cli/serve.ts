import { type App, createApp } from "../app.js";
import type { Config } from "../platform/config.js";
import { ConfigurationError } from "../platform/config-error.js";
import { checkDataDirectory } from "../platform/data-directory.js";
import { createLog } from "../platform/log.js";
import { mailsDirectory } from "../platform/mailer.js";
import { makeFirstAdministrator } from "../rooms/accounts/first-administrator.js";

/** How long a stop may take before the process ends anyway, in milliseconds. */
const STOP_DEADLINE = 9_000;
/** Signals so close together, in milliseconds, are one. */
const SAME_SIGNAL = 1_000;

/** Starts the server: prepares the database, listens, makes the first administrator, and stops gracefully on a signal. */
export async function serve(config: Config): Promise<void> {
  const faults = checkDataDirectory(config);
  if (faults.length > 0) throw new ConfigurationError(faults);
  const log = createLog(config);
  const app = await createApp({ config, log });
  // A start whose port is taken leaves no account behind, whose password nobody looks for.
  await app.server.listen({ host: config.host, port: config.port });
  const administrator = await makeFirstAdministrator(app.context);
  if (administrator !== null) announce(administrator, config);
  stopOnSignal(app);
  log.info({ address: config.publicUrl.origin }, "ready");
}

function announce(
  { loginName, drawnPassword }: { loginName: string; drawnPassword: string | null },
  config: Config,
): void {
  const password = drawnPassword === null ? "the one of KEYTURN_ADMIN_PASSWORD" : drawnPassword;
  const { origin } = config.publicUrl;
  const mails =
    config.smtpUrl === null
      ? `files in ${mailsDirectory(config.dataDirectory)}, until KEYTURN_SMTP_URL names a mail server`
      : "sent by your mail server";
  process.stdout.write(`
The first administrator was made. This is shown once:

  login name  ${loginName}
  password    ${password}

Log in: ${origin}/
Playground: ${origin}/playground
GraphQL: ${origin}/graphql
Mails: ${mails}

`);
}

/**
 * A first signal lets requests finish; a later one, or the deadline, ends the process as it is. One key press can
 * bring two at once, from the terminal and from npm: they count as one.
 */
function stopOnSignal({ context, close }: App): void {
  let stoppingSince: number | null = null;
  const stop = (signal: NodeJS.Signals): void => {
    const now = performance.now();
    if (stoppingSince !== null) {
      if (now - stoppingSince > SAME_SIGNAL) process.exit(1);
      return;
    }
    stoppingSince = now;
    context.log.info({ signal }, "stopping");
    setTimeout(() => process.exit(1), STOP_DEADLINE).unref();
    close().then(
      () => process.exit(0),
      (error: unknown) => {
        context.log.error({ err: error }, "the stop failed");
        process.exit(1);
      },
    );
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
}
