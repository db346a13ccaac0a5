/** What a check found. A fault keeps something from working; a warning is to be known. */
export interface Finding {
  readonly check:
    | "configuration"
    | "data directory"
    | "mail"
    | "database"
    | "policy"
    | "keys"
    | "signing keys"
    | "clock";
  readonly state: "ok" | "warning" | "fault";
  readonly message: string;
  /** What programs want beside the sentence. */
  readonly details?: object;
}

/** Says that a check found nothing wrong. */
export function ok(check: Finding["check"], message: string): Finding {
  return { check, state: "ok", message };
}

/** Says what is to be known. */
export function warning(check: Finding["check"], message: string): Finding {
  return { check, state: "warning", message };
}

/** Says what does not work. */
export function fault(check: Finding["check"], message: string): Finding {
  return { check, state: "fault", message };
}
