import { type Bindings, type DestinationStream, type Logger, pino } from "pino";
import type { Config } from "./config.js";
import { redact, redactText, serializeError } from "./redact.js";

export interface LogOptions {
  readonly logLevel: Config["logLevel"];
  /** Standard output by default. */
  readonly destination?: DestinationStream;
}

/**
 * Makes the log: JSON lines by pino, without secrets.
 *
 * Values are blotted out by their key, at any depth, and bearers, otpauth addresses and passwords in addresses by
 * their form, wherever they stand in a line. Of an error only type, message, stack, code and cause are written.
 */
export function createLog({ logLevel, destination }: LogOptions): Logger {
  const options = {
    level: logLevel,
    formatters: { log: redact },
    serializers: { err: serializeError, req: serializeRequest, res: serializeResponse },
    hooks: { streamWrite: redactText },
  };
  return redactBindings(destination === undefined ? pino(options) : pino(options, destination));
}

/** Pino leaves the bindings of its children to no formatter; children inherit this method from their parents. */
function redactBindings(log: Logger): Logger {
  const { child } = log;
  log.child = function redactedChild(this: Logger, bindings: Bindings, options?: object) {
    return child.call(this, redact(bindings), options);
  } as Logger["child"];
  return log;
}

/** What the log says of a request. */
export interface LoggedRequest {
  readonly method: string;
  /** The pattern of its route, such as `/reset-password/:token`; null where none took it. */
  readonly route: string | null;
  readonly ip: string;
}

/** Leaves out address, headers and body, which carry credentials, also where a whole request is logged. */
function serializeRequest({ method, route, ip }: Partial<LoggedRequest>): object {
  return { method, route, ip };
}

function serializeResponse({ statusCode }: { readonly statusCode?: number }): object {
  return { statusCode };
}
