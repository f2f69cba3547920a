// ID numbers by GB 11643-1999: 17 digits and a check character by ISO 7064 MOD 11-2.

export type Sex = 'male' | 'female';
export type IdNumberFault = 'length' | 'characters' | 'birth_date' | 'check_character';

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const check_characters = '10X98765432';

/** Lower-case x is accepted and meant as X. */
export const tidy_id_number = (text: string): string => text.trim().toUpperCase();

/** The character that must end a number with these 17 digits. */
export function check_character(digits: string): string {
  const sum = weights.reduce((total, weight, place) => total + weight * Number(digits[place]), 0);
  return check_characters[sum % 11] ?? '';
}

/** The first fault, or null for a sound number. Expects a tidy one. */
export function id_number_fault(number: string): IdNumberFault | null {
  if (number.length !== 18) return 'length';
  if (!/^\d{17}[\dX]$/.test(number)) return 'characters';
  if (!birth_date_of(number)) return 'birth_date';
  return number[17] === check_character(number) ? null : 'check_character';
}

/** `YYYY-MM-DD`, or null where the digits are no date. */
export function birth_date_of(number: string): string | null {
  const [year, month, day] = [number.slice(6, 10), number.slice(10, 12), number.slice(12, 14)].map(Number);
  const date = new Date(Date.UTC(year ?? 0, (month ?? 0) - 1, day));
  const is_date = date.getUTCFullYear() === year && date.getUTCMonth() + 1 === month && date.getUTCDate() === day;
  return is_date && (year ?? 0) >= 1800 ? date.toISOString().slice(0, 10) : null;
}

/** The 17th digit: odd for male. */
export const sex_of = (number: string): Sex => (Number(number[16]) % 2 === 1 ? 'male' : 'female');
