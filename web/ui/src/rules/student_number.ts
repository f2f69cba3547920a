// Student numbers: a letter for the kind, then 18 characters coded like an ID number (engine/registry/numbers.cpp).
import { birth_date_of, check_character } from './id_number';

export type StudentNumberFault = 'shape' | 'birth_date' | 'check_character';

export const student_number_length = 19;

/** The first fault, or null for a sound number. Expects a tidy one. A temporary number's last character checks nothing. */
export function student_number_fault(number: string): StudentNumberFault | null {
  if (!/^[GLJ][0-9]{17}[0-9X]$/.test(number)) return 'shape';
  const rest = number.slice(1);
  if (!birth_date_of(rest)) return 'birth_date';
  return number.startsWith('L') || rest[17] === check_character(rest) ? null : 'check_character';
}
