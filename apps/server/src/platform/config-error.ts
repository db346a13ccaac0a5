/** One variable that cannot be used as it stands, and what is expected of it. It never holds the value. */
export interface ConfigurationFault {
  readonly name: string;
  readonly expected: string;
}

/** Ends the start of the server: lists every fault of the configuration at once, by name. */
export class ConfigurationError extends Error {
  constructor(
    readonly faults: readonly ConfigurationFault[],
    options?: ErrorOptions,
  ) {
    const lines = faults.map(({ name, expected }) => `\n  ${name}: expected ${expected}`);
    super(`The configuration cannot be used:${lines.join("")}`, options);
    this.name = "ConfigurationError";
  }
}
