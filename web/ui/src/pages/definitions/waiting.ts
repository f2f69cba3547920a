import type { Language } from '@/i18n/language';
import { tag_of } from '@/i18n/language';

const day = 86_400;
/** Where the levels of the heat map begin, in days. */
export const heat_days = [0, 1, 3, 7, 14] as const;

/** 0 for less than a day, up to 4. */
export const heat_of = (seconds: number): number => heat_days.findLastIndex((days) => seconds >= days * day);

/** `2.4 days`, `5 小时`: in the largest unit of which it has one. */
export function duration_told(seconds: number, language: Language): string {
  const [unit, length] = (
    [
      ['day', day],
      ['hour', 3_600],
    ] as const
  ).find(([, size]) => seconds >= size) ?? ['minute', 60];
  return new Intl.NumberFormat(tag_of(language), {
    style: 'unit',
    unit,
    unitDisplay: 'long',
    maximumFractionDigits: unit === 'day' ? 1 : 0,
  }).format(seconds / length);
}
