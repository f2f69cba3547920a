// What somebody who looks for a pupil of another school gives: all three, as they stand in the record.
import { is_day } from './china_day';
import { characters } from './code_points';
import type { Words } from './field_check';
import { id_number_fault, id_number_length, tidy_id_number } from './id_number';
import { student_number_fault } from './student_number';

export interface Sought {
  /** A student number or an ID number. */
  number: string;
  name: string;
  /** `YYYY-MM-DD` */
  birthDate: string;
}

/** As the server is asked. */
export const tidy_sought = ({ number, name, birthDate }: Sought): Sought => ({
  number: tidy_id_number(number),
  name: name.trim(),
  birthDate,
});

/** Whether both ask for the same pupil: by the same number, name and birth date. */
export function same_sought(one: Sought, other: Sought): boolean {
  const [left, right] = [tidy_sought(one), tidy_sought(other)];
  return left.number === right.number && left.name === right.name && left.birthDate === right.birthDate;
}

/** What is still to be given. */
export function missing_of(sought: Sought): ReadonlySet<keyof Sought> {
  const { number, name, birthDate } = tidy_sought(sought);
  const missing = new Set<keyof Sought>();
  if (number === '') missing.add('number');
  if (name === '') missing.add('name');
  if (!is_day(birthDate)) missing.add('birthDate');
  return missing;
}

/** What looks mistyped, as words of `new_request`. It keeps nobody from asking: old records hold unsound numbers, too. */
export function number_hint(typed: string): Words | null {
  const number = tidy_id_number(typed);
  if (!/^[GLJ]?[0-9]+X?$/.test(number)) return null;
  if (!/^[0-9]/.test(number)) {
    const fault = student_number_fault(number);
    return fault && { key: `fault.number_${fault}` };
  }
  const fault = id_number_fault(number);
  return fault && { key: `fault.id_${fault}`, values: { needed: id_number_length, typed: characters(number).length } };
}
