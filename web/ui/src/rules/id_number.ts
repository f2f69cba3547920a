// ID numbers by GB 11643: 17 digits and a check character by ISO 7064 MOD 11-2. The same as the server accepts
// (engine/registry/numbers.cpp).
import { china_day, is_day } from './china_day';

export type Sex = 'male' | 'female';
export type IdNumberFault = 'length' | 'characters' | 'birth_date' | 'future' | 'check_character';

export const id_number_length = 18;
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const check_characters = '10X98765432';

/** Without the spaces that copying brings along; lower-case x is meant as X. */
export const tidy_id_number = (text: string): string => text.replace(/\s/g, '').replaceAll('x', 'X');

/** The character that must end a number with these 17 digits. */
export function check_character(digits: string): string {
  const sum = weights.reduce((total, weight, place) => total + weight * Number(digits[place]), 0);
  return check_characters[sum % 11] ?? '';
}

/** The first fault, or null for a sound number. Expects a tidy one. */
export function id_number_fault(number: string, today: string = china_day()): IdNumberFault | null {
  if (number.length !== id_number_length) return 'length';
  if (!/^[0-9]{17}[0-9X]$/.test(number)) return 'characters';
  const born = birth_date_of(number);
  if (!born) return 'birth_date';
  if (born > today) return 'future';
  return number[17] === check_character(number) ? null : 'check_character';
}

/** `YYYY-MM-DD`, or null where the digits are no date. */
export function birth_date_of(number: string): string | null {
  const born = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`;
  return is_day(born) ? born : null;
}

/** The 17th digit: odd for male. */
export const sex_of = (number: string): Sex => (Number(number[16]) % 2 === 1 ? 'male' : 'female');
