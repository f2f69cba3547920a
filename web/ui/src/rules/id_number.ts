// ID numbers by GB 11643: 17 digits and a check character by ISO 7064 MOD 11-2. The same as the server accepts
// (engine/registry/numbers.cpp).
import { china_day, is_day } from './china_day';

export type Sex = 'male' | 'female';
export type IdNumberFault = 'length' | 'characters' | 'birth_date' | 'future' | 'check_character';

export const id_number_length = 18;
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const check_characters = '10X98765432';

const above_ascii = 0xfee0;

/** What a keyboard that writes wide means: full-width characters as ASCII, and nothing unseen. */
export const plain_characters = (text: string): string =>
  text
    .replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - above_ascii))
    .replace(/[\s\p{Cf}\p{Cc}]/gu, '');

/** An ID number or a student number as it is meant: letters in upper case, the Roman numeral Ⅹ as X. */
export const tidy_id_number = (text: string): string =>
  plain_characters(text)
    .replace(/[ⅹⅩ]/g, 'X')
    .replace(/[a-z]/g, (letter) => letter.toUpperCase());

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

/** Nobody of the registry was born before. */
const earliest_birth_date = '1880-01-01';

/** `YYYY-MM-DD`, or null where the digits are no date that anybody can be born on. */
export function birth_date_of(number: string): string | null {
  const born = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`;
  return is_day(born) && born >= earliest_birth_date ? born : null;
}

/** The 17th digit: odd for male. */
export const sex_of = (number: string): Sex => (Number(number[16]) % 2 === 1 ? 'male' : 'female');
