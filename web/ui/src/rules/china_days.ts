// Terms are half-open: `until` is the first instant that no longer belongs to them. People name the last whole day in China.

const day_ms = 86_400_000;
const midnight = (date: string): number => Date.parse(`${date}T00:00:00+08:00`);
const date_of = (instant_ms: number): string => new Date(instant_ms + 8 * 3_600_000).toISOString().slice(0, 10);
/** Whole seconds, as the server writes them. */
const instant_of = (instant_ms: number): string => new Date(instant_ms).toISOString().replace('.000Z', 'Z');

/** The instant at which a day begins. */
export const start_of_day = (date: string): string => instant_of(midnight(date));

/** The instant at which a day is over: its 24:00. */
export const end_of_day = (date: string): string => instant_of(midnight(date) + day_ms);

/** The last whole day of a term that ends at this instant; null where it ends in the middle of a day. */
export function last_day(until: string): string | null {
  const instant_ms = Date.parse(until);
  const day = date_of(instant_ms);
  return midnight(day) === instant_ms ? date_of(instant_ms - day_ms) : null;
}

/** Today in China, whatever the PC's clock is set to. */
export const today_in_china = (now_ms = Date.now()): string => date_of(now_ms);

export const days_later = (date: string, days: number): string => date_of(midnight(date) + days * day_ms);
