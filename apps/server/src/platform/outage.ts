const OUTAGES =
  /^(SQLITE_(ABORT_ROLLBACK|BUSY|FULL|IOERR|READONLY|CANTOPEN|LOCKED)|ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_|08|53|57P|57014|55P03|25006)/;

/** Says whether an error means that the database is away, slow, locked or full: nothing was changed, try later. */
export function isOutage(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return (
    OUTAGES.test(codeOf(error)) ||
    /Connection terminated|timeout exceeded when trying|not queryable|already released|client was closed/i.test(
      error.message,
    )
  );
}

/** The code that a driver gave an error, also within TypeORM's wrapping; empty where it gave none. */
export function codeOf(error: unknown): string {
  const { code, driverError } = error as { code?: unknown; driverError?: { code?: unknown } };
  const found = driverError?.code ?? code;
  return typeof found === "string" ? found : "";
}
