// What can be said of a field's value before the server sees it. The server says the last word.
import type { Field } from '@/api/types';
import { is_day } from './china_day';
import { characters, code_point_name } from './code_points';
import { birth_date_of, id_number_fault, id_number_length, sex_of } from './id_number';
import type { NameCharacters } from './name_characters';
import { foreign_character, mended_name, name_fault } from './person_name';
import type { FormStudent } from './form_student';
import { present_value, tidy_value } from './form_values';
import { inner_fields, rows_of, without_last_blanks } from './rows';
import { student_number_fault } from './student_number';

/** A message of the namespace `new_request` with its values. */
export interface Words {
  key: string;
  values?: Record<string, string | number>;
}

export interface FieldFault extends Words {
  /** Typing on may mend it, so it is no fault while somebody types. */
  passing?: boolean;
}

export interface FieldHint extends Words {
  tone: 'info' | 'warning';
  /** Said only while somebody types; a fault then says it. */
  passing?: boolean;
  /** One click puts this value in. */
  mended?: string;
}

const text_characters_max = 2000;

function name_words(name: string, names: NameCharacters): FieldFault | null {
  const kind = name_fault(name, names);
  if (kind === null) return null;
  const values = {
    max: names.max,
    count: characters(name).length,
    character: code_point_name(foreign_character(name, names) ?? ''),
  };
  return { key: `fault.name_${kind}`, values, passing: kind === 'space_at_edge' || kind === 'no_letter' };
}

function id_number_words(number: string): FieldFault | null {
  const kind = id_number_fault(number);
  if (kind === null) return null;
  const values = { needed: id_number_length, typed: characters(number).length };
  return { key: `fault.id_${kind}`, values, passing: kind === 'length' && number.length < id_number_length };
}

function text_words(text: string, max: number): FieldFault | null {
  const count = characters(text).length;
  return count > max ? { key: 'fault.too_long', values: { max, count } } : null;
}

/** Of rows the first fault in one of them; what is empty in a row is one of the form as a whole too. */
function rows_words(field: Field, text: string, names?: NameCharacters): FieldFault | null {
  const rows = without_last_blanks(rows_of(text));
  if (rows.length === 0)
    return field.required ? { key: 'fault.empty', values: { title: field.title }, passing: true } : null;
  const faults = rows.flatMap((row, at) =>
    inner_fields(field).map((inner) => ({ row: at + 1, fault: field_fault(inner, row[inner.key] ?? '', names) })),
  );
  const wrong = faults.find(({ fault }) => fault && fault.key !== 'fault.empty');
  if (wrong) return { key: 'fault.row', values: { row: wrong.row }, passing: wrong.fault?.passing };
  return faults.find(({ fault }) => fault)?.fault ?? null;
}

/** The first fault of a value, or null. Emptiness is a fault only of a required field, and of the form as a whole. Without `names` the server alone judges names. */
export function field_fault(field: Field, typed: string, names?: NameCharacters): FieldFault | null {
  if (field.type === 'rows') return rows_words(field, typed, names);
  const value = tidy_value(field, typed);
  if (value === '')
    return field.required ? { key: 'fault.empty', values: { title: field.title }, passing: true } : null;
  switch (field.type) {
    case 'person_name':
      return names ? name_words(value, names) : null;
    case 'id_number':
      return id_number_words(value);
    case 'student_number': {
      const kind = student_number_fault(value);
      return kind && { key: `fault.number_${kind}`, passing: kind === 'shape' };
    }
    case 'text':
      return text_words(value, field.max ?? text_characters_max);
    case 'date':
      return is_day(value) ? null : { key: 'fault.date', passing: true };
    default:
      return null;
  }
}

function name_hints(name: string, names: NameCharacters): FieldHint[] {
  const mended = mended_name(name, names);
  return mended !== name && mended !== ''
    ? [{ key: 'hint.name_mended', tone: 'warning', mended, values: { mended } }]
    : [];
}

/** The birth date and the sex that follow from a sound number, and whether the record says otherwise. */
function id_number_hints(number: string, student: FormStudent | null): FieldHint[] {
  const fault = id_number_fault(number);
  const values = { needed: id_number_length, typed: characters(number).length };
  if (fault === 'length' && values.typed < values.needed)
    return [{ key: 'hint.id_typed', tone: 'info', values, passing: true }];
  const born = birth_date_of(number);
  if (fault !== null || born === null) return [];
  const sex = sex_of(number);
  const hints: FieldHint[] = [{ key: `hint.id_${sex}`, tone: 'info', values: { born } }];
  if (student?.birthDate && born !== student.birthDate)
    hints.push({ key: 'hint.id_other_birth_date', tone: 'warning', values: { born, recorded: student.birthDate } });
  if (student?.sex && sex !== student.sex) hints.push({ key: `hint.id_other_sex_${sex}`, tone: 'warning' });
  return hints;
}

/** What is worth knowing of a value that is not wrong. */
export function field_hints(
  field: Field,
  typed: string,
  student: FormStudent | null,
  names?: NameCharacters,
): FieldHint[] {
  const value = tidy_value(field, typed);
  if (value === '') return [];
  const hints: FieldHint[] = [];
  if (field.type === 'person_name' && names) hints.push(...name_hints(value, names));
  if (field.type === 'id_number') hints.push(...id_number_hints(value, student));
  if (value === present_value(field, student)) hints.push({ key: 'hint.unchanged', tone: 'warning' });
  return hints;
}
