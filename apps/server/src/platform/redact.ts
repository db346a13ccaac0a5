const SECRET_KEY =
  /(password|passwordhash|token|tokenhash|secret|secretkey|cookie|authorization|verificationcode|recoverycode|challenge|otpauthuri|manualkey|qrcode|verifier)s?$/;
const BLOT = "[redacted]";
const DEPTH = 6;

// Left to their serializers: a request leads to sockets and the whole server.
const SERIALIZED = ["req", "res"];

/** Copies what is about to be logged, without the values of keys that name secrets, at any depth. */
export function redact(fields: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(fields).map(([key, value]): [string, unknown] => [
    key,
    SERIALIZED.includes(key) ? value : redactField(key, value, DEPTH),
  ]);
  return Object.fromEntries(entries);
}

/** Blots out, in a finished line, what is secret by its form. */
export function redactText(line: string): string {
  return (
    line
      .replace(/\b(kt[a-z]?_)[0-9A-Za-z]{20,}/g, `$1${BLOT}`)
      .replace(/\botpauth:\/\/[^\s"\\]+/g, `otpauth://${BLOT}`)
      // Begins where a scheme ends: to look for its beginning takes quadratic time over text like a.a.a.a.
      .replace(/(:\/\/[^\s:@/"\\]*):[^\s@/"\\]+@/g, `$1:${BLOT}@`)
  );
}

/**
 * Describes an error by type, message, stack, code and what caused it, and by nothing else: a failed query carries its
 * parameters, a failed request its headers.
 */
export function serializeError(error: unknown, depth: number = DEPTH): unknown {
  if (!(error instanceof Error)) return error;
  const { name: type, message, stack, cause } = error;
  const { code } = error as NodeJS.ErrnoException;
  const errors = error instanceof AggregateError ? error.errors : undefined;
  const inner =
    depth > 0 ? { cause: redactValue(cause, depth - 1), errors: redactValue(errors, depth - 1) } : {};
  return { type, message, stack, code, ...inner };
}

function redactField(key: string, value: unknown, depth: number): unknown {
  const isSecret = SECRET_KEY.test(key.replace(/[^A-Za-z]/g, "").toLowerCase());
  return isSecret && value !== null && value !== undefined ? BLOT : redactValue(value, depth);
}

function redactValue(value: unknown, depth: number): unknown {
  if (typeof value !== "object" || value === null || "toJSON" in value) return value;
  if (depth <= 0) return "[deep]";
  if (value instanceof Error) return serializeError(value, depth);
  if (Array.isArray(value)) return value.map((item) => redactValue(item, depth - 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, redactField(key, item, depth - 1)]),
  );
}
