// The fields of a request that change nothing in the record, made ready to be read.
import type { Field, Request, Row, Workflow } from '@/api/types';
import { is_number } from './change_pieces';
import { single_value } from './form_values';

export interface ShownField {
  key: string;
  title: string;
  value: string;
  /** `subject`: one of the two of a pair, by its ordinal; `school`: one by its id; `rows`: a table of them. */
  show: 'number' | 'name' | 'choice' | 'subject' | 'school' | 'rows' | 'text';
  rows?: readonly Row[];
  field?: Field;
}

/** In the order of the definition; without one, by the keys and what the values look like. */
export function request_fields(
  request: Pick<Request, 'fields' | 'changes'>,
  workflow: Pick<Workflow, 'fields'> | undefined,
): ShownField[] {
  const changed = new Set(request.changes.map((change) => change.field));
  const known = (workflow?.fields ?? []).filter((field) => field.key in request.fields);
  const unknown = Object.keys(request.fields).filter((key) => !known.some((field) => field.key === key));
  const shown = [
    ...known.map((field): ShownField => {
      const given = request.fields[field.key];
      if (Array.isArray(given)) return rows_shown(field.key, field.title, given, field);
      const value = single_value(given);
      const choice = field.choices?.find((each) => each.key === value)?.title;
      if (choice) return { key: field.key, title: field.title, value: choice, show: 'choice' };
      const number = field.type === 'student_number' || field.type === 'id_number';
      if (field.type === 'subject' || field.type === 'school')
        return { key: field.key, title: field.title, value, show: field.type };
      const show = number ? 'number' : field.type === 'person_name' ? 'name' : 'text';
      return { key: field.key, title: field.title, value, show };
    }),
    ...unknown.map((key): ShownField => {
      const given = request.fields[key];
      if (Array.isArray(given)) return rows_shown(key, key, given);
      const value = single_value(given);
      return { key, title: key, value, show: is_number(value) ? 'number' : 'text' };
    }),
  ];
  return shown.filter((field) => (field.value !== '' || field.rows?.length) && !changed.has(field.key));
}

const rows_shown = (key: string, title: string, rows: readonly Row[], field?: Field): ShownField => ({
  key,
  title,
  value: '',
  show: 'rows',
  rows,
  field,
});
