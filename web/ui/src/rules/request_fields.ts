// The fields of a request that change nothing in the record, made ready to be read.
import type { Request, Workflow } from '@/api/types';
import { is_number } from './change_pieces';

export interface ShownField {
  key: string;
  title: string;
  value: string;
  /** `subject`: one of the two of a pair, by its ordinal; `school`: one by its id. */
  show: 'number' | 'name' | 'choice' | 'subject' | 'school' | 'text';
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
      const value = request.fields[field.key] ?? '';
      const choice = field.choices?.find((each) => each.key === value)?.title;
      if (choice) return { key: field.key, title: field.title, value: choice, show: 'choice' };
      const number = field.type === 'student_number' || field.type === 'id_number';
      if (field.type === 'subject' || field.type === 'school')
        return { key: field.key, title: field.title, value, show: field.type };
      const show = number ? 'number' : field.type === 'person_name' ? 'name' : 'text';
      return { key: field.key, title: field.title, value, show };
    }),
    ...unknown.map((key): ShownField => {
      const value = request.fields[key] ?? '';
      return { key, title: key, value, show: is_number(value) ? 'number' : 'text' };
    }),
  ];
  return shown.filter((field) => field.value !== '' && !changed.has(field.key));
}
