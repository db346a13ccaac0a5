import type { Needs } from "../../platform/context.js";
import { sql } from "../../platform/sql.js";
import { type Finding, fault, ok, warning } from "./check.js";

/** A verification code is accepted for so long after and before its time, in milliseconds: more locks people out. */
const STEP = 30_000;
const WORTH_KNOWING = 5_000;

/** Compares the clock with that of the database, and with the newest time that is kept in it. */
export async function checkClock(
  needs: Needs<"db" | "now">,
  { type }: { type: "sqlite" | "postgres" },
): Promise<Finding> {
  const behindNewest = (await newestTime(needs)) - needs.now();
  if (behindNewest > WORTH_KNOWING)
    return judge(
      behindNewest,
      "behind the newest time in the database: it was set back, or another server's is ahead",
    );
  if (type === "sqlite") return ok("clock", "The clock is not behind the newest time in the database.");
  const ahead = await aheadOfDatabase(needs);
  const direction = ahead > 0 ? "ahead of" : "behind";
  return Math.abs(ahead) > WORTH_KNOWING
    ? judge(Math.abs(ahead), `${direction} the database's clock`)
    : ok("clock", "The clock agrees with the database's, and is not behind the newest time in it.");
}

function judge(milliseconds: number, how: string): Finding {
  const say = milliseconds > STEP ? fault : warning;
  const seconds = Math.round(milliseconds / 1000).toLocaleString("en");
  return say("clock", `The clock is ${seconds} seconds ${how}. Verification codes need the right time.`);
}

async function newestTime({ db }: Needs<"db">): Promise<number> {
  const text = `SELECT (SELECT max(at) FROM audit_events) AS event,
    (SELECT max(last_used_at) FROM sessions) AS session`;
  const { rows } = await sql<{ event: number | null; session: number | null }>(db.read, text);
  return Math.max(rows[0]?.event ?? 0, rows[0]?.session ?? 0);
}

/** The database answers somewhere between the question and its answer. */
async function aheadOfDatabase({ db, now }: Needs<"db" | "now">): Promise<number> {
  const asked = now();
  const text = "SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000 AS bigint) AS time";
  const { rows } = await sql<{ time: number }>(db.read, text);
  return (asked + now()) / 2 - Number(rows[0]?.time);
}
