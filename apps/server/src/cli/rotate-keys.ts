import { rotateSigningKeys } from "../rooms/administration/command-line/rotate-signing-keys.js";
import { minute, print } from "./output.js";
import { withDatabase } from "./with-database.js";

/** What `keys rotate` can be asked. */
export interface RotateKeysOptions {
  readonly atOnce?: true;
}

/** Makes the next keys that sign ID tokens, and says from when they do. */
export async function rotateKeys({ atOnce }: RotateKeysOptions): Promise<void> {
  await withDatabase(async (run) => {
    const { made, waiting, retired, forgotten } = await rotateSigningKeys(
      run,
      run.request,
      atOnce ? "at-once" : "published-ahead",
    );
    const lines = [
      ...made.map(
        ({ algorithm, id, signsFrom }) => `A new ${algorithm} key, ${id}, signs from ${minute(signsFrom)}.`,
      ),
      ...waiting.map(
        ({ algorithm, id, signsFrom }) =>
          `The next ${algorithm} key, ${id}, is there already, and signs from ${minute(signsFrom)}.`,
      ),
    ];
    if (retired.length > 0) lines.push(`Retired: ${retired.map(({ id }) => id).join(", ")}.`);
    if (forgotten.length > 0) lines.push(`Forgotten: ${forgotten.join(", ")}.`);
    if (atOnce)
      lines.push("ID tokens that older keys signed verify no more. Running servers follow within a minute.");
    await print(`${lines.join("\n")}\n`);
  });
}
