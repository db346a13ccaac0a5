import { Command } from "commander";
import { openPreparedDatabase } from "../app.js";
import { readConfig } from "../platform/config.js";
import { ConfigurationError } from "../platform/config-error.js";
import { checkDataDirectory } from "../platform/data-directory.js";
import { orFail } from "./fail.js";
import { serve } from "./serve.js";

const program = new Command("keyturn").description("The Keyturn identity server.").showHelpAfterError();

program
  .command("serve")
  .description("Start the server: migrate, make the first administrator, listen until a signal.")
  .action(() => orFail(() => serve(readConfig(process.env))));

program
  .command("migrate")
  .description("Bring the database's schema up to this version, under a lock.")
  .action(() => orFail(migrate));

await program.parseAsync();

async function migrate(): Promise<void> {
  const config = readConfig(process.env);
  const faults = checkDataDirectory(config);
  if (faults.length > 0) throw new ConfigurationError(faults);
  const db = await openPreparedDatabase({ config });
  await db.close();
  process.stdout.write("The database is up to date.\n");
}
