import { type Answer, type Client, mutation } from "../journeys/stage/client.js";
import type { Keyturn } from "../journeys/stage/keyturn.js";
import type { ProtectedPerson } from "../journeys/stage/people.js";
import { sql } from "../src/platform/sql.js";

export type Verdict = "refused" | "opened" | "fault";

/** A place where somebody proves something: all about it is right but the text that is typed there. */
export interface SecretDoor {
  /** The text of an operation, such as `login.input.password`, or what the place is. */
  readonly title: string;
  readonly type: (text: string) => Promise<Verdict>;
  /** What is right there, once; null where nothing is. */
  readonly right: (() => string) | null;
}

/** A password that can be chosen. */
export const CHOSEN = "amber-ferry-thimble-19";

/** A text of a mutation; `input` puts it among what is right. */
export function mutationDoor(
  client: Client,
  title: string,
  { input, right }: { input: (text: string) => object; right: SecretDoor["right"] },
): SecretDoor {
  const [name = ""] = title.split(".");
  const type = async (text: string): Promise<Verdict> =>
    verdictOf(await client.send(mutation(name), { input: input(text) }), (body) => body.data[name].code);
  return { title, type, right };
}

/** What an answer came to; `failure` finds what failed in one that is no error. */
export function verdictOf(
  { status, text, body }: Answer,
  failure: (body: Answer["body"]) => unknown = () => undefined,
): Verdict {
  if (status >= 500 || /INTERNAL|UNAVAILABLE/.test(text)) return "fault";
  if (status >= 400 || body?.errors !== undefined) return "refused";
  return failure(body) === undefined ? "opened" : "refused";
}

/** What the app of a person shows now, as a proof. */
export const codeOf = ({ app }: ProtectedPerson) => ({ verificationCode: app.code() });

/** Forgets what has failed so far: a door is shut by nothing but what is typed there. */
export async function forgetFailures({ app }: Keyturn): Promise<void> {
  const unlocked = "failed_attempts = 0, locked_at = NULL, locked_until = NULL";
  await app.context.db.transaction(async (manager) => {
    await sql(manager, `UPDATE accounts SET ${unlocked}, wrong_codes = 0`);
    await sql(manager, `UPDATE unknown_login_names SET ${unlocked}`);
    await sql(manager, "UPDATE login_challenges SET wrong_codes = 0");
    await sql(manager, "UPDATE totp_enrollments SET wrong_codes = 0");
  });
}
