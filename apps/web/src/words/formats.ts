// Not from say.ts: that waits for the catalogues, and they write dates and numbers.
import { language } from "./language";

const moments = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" });
const seconds = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "medium" });
const days = new Intl.DateTimeFormat(language, { dateStyle: "long" });
const exactMoments = new Intl.DateTimeFormat(language, {
  ...{ year: "numeric", month: "short", day: "numeric" },
  ...{ hour: "2-digit", minute: "2-digit", second: "2-digit", timeZoneName: "short" },
});
const calendarDays = new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: "UTC" });
const numbers = new Intl.NumberFormat(language);

/** Writes a moment to the minute, in the person's own time zone. */
export function moment(iso: string): string {
  return moments.format(new Date(iso));
}

/** Writes a moment to the second, in the person's own time zone. */
export function momentToTheSecond(iso: string): string {
  return seconds.format(new Date(iso));
}

/** Writes a moment to the second, with the person's own time zone. */
export function exactMoment(iso: string): string {
  return exactMoments.format(new Date(iso));
}

/** Writes a day that is given as yyyy-mm-dd: the same one in every time zone. */
export function calendarDay(day: string): string {
  return calendarDays.format(new Date(day));
}

/** The person's own time zone, such as Asia/Tokyo. */
export const timeZone: string = exactMoments.resolvedOptions().timeZone;

/** Writes a day. */
export function day(iso: string): string {
  return days.format(new Date(iso));
}

/** Writes a number. */
export function number(value: number): string {
  return numbers.format(value);
}
