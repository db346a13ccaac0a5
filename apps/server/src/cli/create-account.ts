import { readLines } from "../platform/lines.js";
import { createByCommandLine } from "../rooms/administration/command-line/create-by-command-line.js";
import { CommandError } from "./command-error.js";
import { print } from "./output.js";
import { type Run, withNewDatabase } from "./with-database.js";

/** What `accounts create` can be asked. */
export interface CreateAccountOptions {
  readonly displayName: string;
  readonly email?: string;
  readonly role: "user" | "administrator";
  readonly kind: "person" | "guest" | "service";
  readonly locale: string;
  readonly passwordStdin?: true;
}

const LONGEST_PASSWORD = 4_096;

/** Makes an account. */
export async function createAccount(loginName: string, options: CreateAccountOptions): Promise<void> {
  const password = options.passwordStdin ? await readPasswordLine() : null;
  await withNewDatabase((run) => create(run, { loginName, password, options }));
}

async function create(
  run: Run,
  {
    loginName,
    password,
    options,
  }: { loginName: string; password: string | null; options: CreateAccountOptions },
): Promise<void> {
  const made = await createByCommandLine(run, run.request, {
    ...{ loginName, password, displayName: options.displayName, locale: options.locale },
    emailAddress: options.email ?? null,
    kind: options.kind.toUpperCase() as Uppercase<CreateAccountOptions["kind"]>,
    role: options.role.toUpperCase() as Uppercase<CreateAccountOptions["role"]>,
  });
  if ("code" in made) throw new CommandError(made.message);
  const { account, drawnPassword } = made;
  await print(`The account ${account.loginName} was made.\n`);
  if (drawnPassword !== null) await print(`Its password is shown this once:\n\n  ${drawnPassword}\n\n`);
  if (account.kind !== "SERVICE" && account.passwordHash === null)
    await print(`A link to set its password, good for seven days, goes to ${account.emailAddress}.\n`);
}

/** The first line of standard input, without its end. */
async function readPasswordLine(): Promise<string> {
  for await (const line of readLines(process.stdin, LONGEST_PASSWORD)) {
    if (line.state === "text") return line.text;
    break;
  }
  throw new CommandError(
    "--password-stdin: expected a password, in UTF-8, as the first line of standard input.",
  );
}
