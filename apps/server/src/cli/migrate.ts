import { print } from "./output.js";
import { withNewDatabase } from "./with-database.js";

/** Brings the database's schema up to this version, and makes its policy. */
export async function migrate(): Promise<void> {
  await withNewDatabase(async () => undefined);
  await print("The database is up to date.\n");
}
