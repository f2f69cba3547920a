// Days as people type them.
import { is_day } from './china_day';
import { plain_characters } from './id_number';

const forms = [
  /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/,
  /^(\d{4})(年)(\d{1,2})月(\d{1,2})日?$/,
  /^(\d{4})()(\d{2})(\d{2})$/,
];

/** The day that is meant, as `YYYY-MM-DD`; what names no whole day of the calendar stays as it was typed. */
export function typed_day(text: string): string {
  const plain = plain_characters(text);
  const parts = forms.map((form) => form.exec(plain)).find((found) => found !== null);
  const day = parts ? [parts[1]!, parts[3]!.padStart(2, '0'), parts[4]!.padStart(2, '0')].join('-') : plain;
  return is_day(day) ? day : text.trim();
}

/** Something was typed of which nobody can say which day it is. */
export const is_no_day = (day: string | null): boolean => !!day && !is_day(day);
