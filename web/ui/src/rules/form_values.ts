// The values of a form: what is sent of what was typed, and what the record says today.
import type { Field, Row } from '@/api/types';
import { type FormStudent, is_elsewhere } from './form_student';
import { tidy_id_number } from './id_number';
import { inner_fields, rows_of, text_of_rows, without_last_blanks } from './rows';

export type FormValues = Record<string, string>;
/** As a request holds them: of a field of rows the list of these. */
export type SentValues = Record<string, string | Row[]>;

/** As the server stores it: numbers without spaces and in capitals, all else exactly as typed. */
export function tidy_value(field: Field, typed: string): string {
  if (field.type === 'id_number' || field.type === 'student_number') return tidy_id_number(typed);
  return typed;
}

/** Of fields that take one value those that are filled in; an empty one is not sent. */
export function sent_values(fields: readonly Field[], values: FormValues): FormValues {
  const sent: FormValues = {};
  for (const field of fields) {
    const value = field.type === 'rows' ? '' : tidy_value(field, values[field.key] ?? '');
    if (value !== '') sent[field.key] = value;
  }
  return sent;
}

/** The fields that are filled in, with those of rows. */
export function sent_fields(fields: readonly Field[], values: FormValues): SentValues {
  const sent: SentValues = { ...sent_values(fields, values) };
  for (const field of fields) {
    const rows = field.type === 'rows' ? without_last_blanks(rows_of(values[field.key] ?? '')) : [];
    if (rows.length) sent[field.key] = rows.map((row) => tidy_row(field, row));
  }
  return sent;
}

const tidy_row = (field: Field, row: Row): Row =>
  Object.fromEntries(
    inner_fields(field)
      .map((inner) => [inner.key, tidy_value(inner, row[inner.key] ?? '')] as const)
      .filter(([, value]) => value !== ''),
  );

/** Only what the form knows: an example or an older draft may name other fields. */
export function known_values(fields: readonly Field[], given: Readonly<SentValues>): FormValues {
  return Object.fromEntries(fields.map((field) => [field.key, form_value(field, given[field.key])]));
}

function form_value(field: Field, given: string | Row[] | undefined): string {
  if (field.type === 'rows') return Array.isArray(given) ? text_of_rows(given) : '';
  return single_value(given);
}

/** Of a field that takes one value; empty for rows. */
export const single_value = (given: string | Row[] | undefined): string => (typeof given === 'string' ? given : '');

/** The member of the record that the field changes, such as `class`. */
export const changed_member = (field: Field): string | undefined => field.changes?.replace(/^student\./, '');

/** What the record says today of that which the field changes; null where it changes nothing, the record is another school's and does not tell, or there are several. */
export function present_value(field: Field, student: FormStudent | null): string | null {
  if (!student) return null;
  const members: Record<string, string | null | undefined> = {
    name: student.name,
    id_number: student.idNumber,
    sex: student.sex,
    birth_date: student.birthDate,
    status: student.status,
    status_until: is_elsewhere(student) ? undefined : student.statusUntil,
    grade: student.grade,
    class: student.class ?? undefined,
    school: student.school.id,
  };
  const value = members[changed_member(field) ?? ''];
  return value === undefined ? null : (value ?? '');
}
