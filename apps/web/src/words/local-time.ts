/** Writes a moment, or none, as a field of the type datetime-local holds it: to the minute, in the person's own time zone. */
export function toLocalTime(iso: string): string {
  if (iso === "") return "";
  const date = new Date(iso);
  const shifted = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 16);
}

/** Reads such a field as a moment; null where it holds none. */
export function fromLocalTime(text: string): string | null {
  const time = text === "" ? Number.NaN : new Date(text).getTime();
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}
