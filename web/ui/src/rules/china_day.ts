// Days as offices count them: China's, whatever the PC's clock is set to.

const day = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

/** `2026-11-24` */
export const china_day = (instant: Date = new Date()): string => day.format(instant);

const leap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

/** Whether `YYYY-MM-DD` is a day of the calendar. */
export function is_day(text: string): boolean {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!parts) return false;
  const [year, month, day_of_month] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  const days = [31, leap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
  return days !== undefined && day_of_month >= 1 && day_of_month <= days;
}
