import { vi } from "vitest";
import { sql } from "../../src/platform/sql.js";
import type { Keyturn } from "./keyturn.js";
import { LOGIN, logInAdministrator } from "./people.js";

/** What an account's row says of its failed attempts. */
export interface AttemptCounters {
  readonly failed: number;
  readonly undecided: string;
  readonly lockedAt: number | null;
  readonly lockedUntil: number | null;
  readonly wrongCodes: number;
}

/** Reads the counters of an account. */
export async function countersOf(keyturn: Keyturn, loginName: string): Promise<AttemptCounters> {
  const text = `SELECT failed_attempts AS failed, undecided_attempts AS undecided, locked_at AS "lockedAt",
    locked_until AS "lockedUntil", wrong_codes AS "wrongCodes" FROM accounts WHERE login_name = $1`;
  const [counters] = await readRows<AttemptCounters>(keyturn, text, [loginName]);
  if (counters === undefined) throw new Error(`there is no account ${loginName}`);
  return counters;
}

/** Reads rows past the server. */
export async function readRows<Row extends object>(
  { app }: Keyturn,
  text: string,
  values: readonly (string | number | null)[] = [],
): Promise<Row[]> {
  return (await sql<Row>(app.context.db.read, text, values)).rows;
}

/** Changes rows past the server, as a fault or another process would. */
export async function changeRows(
  { app }: Keyturn,
  text: string,
  values: readonly (string | number | null)[] = [],
): Promise<void> {
  await app.context.db.transaction((manager) => sql(manager, text, values));
}

/** Counts what the server compares from now on: passwords hashed, and secrets of authenticators opened. */
export function countComparisons({ app }: Keyturn): {
  passwords(): number;
  codes(): number;
} {
  const verify = vi.spyOn(app.context.hasher, "verify").mockClear();
  const open = vi.spyOn(app.context.vault, "open").mockClear();
  return { passwords: () => verify.mock.calls.length, codes: () => open.mock.calls.length };
}

/** Tries to log in with wrong passwords, one after the other, and returns the last answer. */
// biome-ignore lint/suspicious/noExplicitAny: answers have the shape of the question
export async function failLogins(keyturn: Keyturn, loginName: string, times: number): Promise<any> {
  let answer: unknown;
  for (let time = 0; time < times; time += 1) {
    const input = { loginName, password: `wrong-password-${time}` };
    answer = await keyturn.anyone.mutate("login", input, LOGIN);
  }
  return answer;
}

/** Changes the security policy by the first administrator, who logs in anew by the password alone. */
export async function setPolicy(keyturn: Keyturn, change: object): Promise<void> {
  const administrator = await logInAdministrator(keyturn);
  const answer = await administrator.client.mutate("updateSecurityPolicy", change);
  if (answer.__typename !== "SecurityPolicyUpdated") throw new Error(JSON.stringify(answer));
}
