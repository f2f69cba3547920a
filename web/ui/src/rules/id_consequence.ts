// What a new ID number says of birth date and sex, and whether the record says the same.
import type { Student } from '@/api/types';
import { birth_date_of, id_number_fault, sex_of, tidy_id_number, type Sex } from './id_number';

export interface IdConsequence {
  birth_date: string;
  sex: Sex;
  birth_date_agrees: boolean;
  sex_agrees: boolean;
}

/** Null where the number is not sound. */
export function id_consequence(number: string, student: Pick<Student, 'birthDate' | 'sex'>): IdConsequence | null {
  const tidy = tidy_id_number(number);
  const birth_date = birth_date_of(tidy);
  if (id_number_fault(tidy) || !birth_date) return null;
  const sex = sex_of(tidy);
  return { birth_date, sex, birth_date_agrees: birth_date === student.birthDate, sex_agrees: sex === student.sex };
}
