import "reflect-metadata";
import { Command, Option } from "commander";
import type { CreateAccountOptions } from "./create-account.js";
import { orFail } from "./fail.js";
import type { ListAccountsOptions } from "./list-accounts.js";
import { letReadersGo } from "./readers.js";
import type { ResetTwoFactorOptions } from "./reset-two-factor.js";
import type { RotateKeysOptions } from "./rotate-keys.js";
import type { VerifyAuditOptions } from "./verify-audit.js";

interface JsonOption {
  readonly json?: true;
}

const IMPORT_HELP = `
Each line is one JSON object:
  {"loginName": "ada", "displayName": "Ada L", "emailAddress": "ada@example.com",
   "passwordHash": "$2b$12$…", "otpauthUri": "otpauth://totp/…"}
Also: kind (PERSON, GUEST, SERVICE), role (USER, ADMINISTRATOR), locale, and password in place of passwordHash.
An account whose login name is there already is left exactly as it is. Exit status 1 where a line was rejected.`;

const program = new Command("keyturn")
  .description("The Keyturn identity server.")
  .showHelpAfterError()
  .addHelpText("after", "\nEvery command reads the same environment as the server.");

program
  .command("serve")
  .description("Start the server: migrate, make the first administrator, listen until a signal.")
  .action(() =>
    run(async () => {
      const [{ serve }, { readConfig }] = await Promise.all([
        import("./serve.js"),
        import("../platform/config.js"),
      ]);
      await serve(readConfig(process.env));
    }),
  );

program
  .command("migrate")
  .description("Bring the database's schema up to this version, under a lock.")
  .action(() => run(async () => (await import("./migrate.js")).migrate()));

program
  .command("doctor")
  .description("Check configuration, data directory, mail, database, policy, keys and clock; change nothing.")
  .addOption(json("a line of JSON a check"))
  .addHelpText("after", "\nExit status 1 where a check finds a fault, 78 for the configuration.")
  .action((options: JsonOption) => run(async () => (await import("./doctor/doctor.js")).doctor(options)));

const accounts = program.command("accounts").description("List, make, import and unlock accounts.");

accounts
  .command("list")
  .description("List accounts, the oldest first.")
  .option("--search <text>", "part of the login name, the display name or the email address")
  .addOption(choice("--two-factor <state>", "with two-factor authentication on, or off", ["on", "off"]))
  .addOption(choice("--role <role>", "of one role", ["user", "administrator"]))
  .addOption(choice("--kind <kind>", "of one kind", ["person", "guest", "service"]))
  .addOption(choice("--status <status>", "of one status", ["active", "suspended"]))
  .option("--locked", "locked by too many failed attempts")
  .addOption(json("a line of JSON an account"))
  .action((options: ListAccountsOptions) =>
    run(async () => (await import("./list-accounts.js")).listAccounts(options)),
  );

accounts
  .command("create")
  .description(
    "Make an account. Without a password a link to set one is mailed, or where there is no address, one is drawn and shown once.",
  )
  .argument("<login>", "the login name")
  .requiredOption("--display-name <name>", "the name that people see")
  .option("--email <address>", "the email address")
  .addOption(choice("--role <role>", "what it may do", ["user", "administrator"]).default("user"))
  .addOption(choice("--kind <kind>", "whom it is for", ["person", "guest", "service"]).default("person"))
  .option("--locale <tag>", "the language of its mails", "en")
  .option("--password-stdin", "read the password from the first line of standard input")
  .action((login: string, options: CreateAccountOptions) =>
    run(async () => (await import("./create-account.js")).createAccount(login, options)),
  );

accounts
  .command("import")
  .description("Make accounts of a file of JSON Lines; it can be run again.")
  .argument("<file>", "the file, or - for standard input")
  .addOption(json("a line of JSON for each line that was skipped or rejected, and one for the counts"))
  .addHelpText("after", IMPORT_HELP)
  .action((file: string, options: JsonOption) =>
    run(async () => (await import("./import-accounts.js")).importAccounts(file, options)),
  );

accounts
  .command("unlock")
  .description("Lift an account's lock, and start its counts of failed attempts and wrong codes again.")
  .argument("<login>", "the login name")
  .action((login: string) => run(async () => (await import("./unlock-account.js")).unlockAccount(login)));

const twoFactor = program.command("two-factor").description("List and reset two-factor authentication.");

twoFactor
  .command("list")
  .description("List who has it on, since when, with how many authenticators and recovery codes.")
  .addOption(json("a line of JSON an account"))
  .action((options: JsonOption) =>
    run(async () => (await import("./list-two-factor.js")).listTwoFactor(options)),
  );

twoFactor
  .command("reset")
  .description(
    "Disable it for an account whose phone is lost. It asks for nobody's approval, is recorded, and the owner is told by mail. Its sessions end.",
  )
  .argument("<login>", "the login name")
  .requiredOption("--reason <text>", "why; it is kept, and the owner reads it")
  .option("--revoke-api-tokens", "end its API tokens too")
  .option("--keep-applications", "let authorized applications go on")
  .action((login: string, options: ResetTwoFactorOptions) =>
    run(async () => (await import("./reset-two-factor.js")).resetTwoFactor(login, options)),
  );

program
  .command("keys")
  .description("Rotate the keys that sign ID tokens.")
  .command("rotate")
  .description(
    "Make the next key of each algorithm. Running servers publish it within a minute, and it signs in an hour, when every application can know it; the one before verifies until the last token that it signed is dead.",
  )
  .option("--at-once", "a key leaked: sign by the new ones now, and forget all others with what they signed")
  .action((options: RotateKeysOptions) =>
    run(async () => (await import("./rotate-keys.js")).rotateKeys(options)),
  );

program
  .command("audit")
  .description("Verify the audit trail.")
  .command("verify")
  .description("Find changed, moved and removed events. Exit status 1 where there are any.")
  .option("--expect-head <head>", "a head that was noted before, and must still be there: sequence:hash")
  .addOption(json("the report as one line of JSON"))
  .action((options: VerifyAuditOptions) =>
    run(async () => (await import("./verify-audit.js")).verifyAudit(options)),
  );

letReadersGo();

await program.parseAsync();

/** Commands load what they need when they run: help is there at once. */
function run(work: () => Promise<void>): Promise<void> {
  return orFail(work);
}

function json(what: string): Option {
  return new Option("--json", `for programs: ${what}`);
}

function choice(flags: string, description: string, choices: readonly string[]): Option {
  return new Option(flags, description).choices(choices);
}
