// The rows of a field: what is filled in in each, by the keys of its fields.
import type { Field, Row } from '@/api/types';

/** A form keeps a text for each field; of rows it is their JSON, and empty where there are none. */
export const text_of_rows = (rows: readonly Row[]): string => (rows.length ? JSON.stringify(rows) : '');
export const rows_of = (text: string): Row[] => (text === '' ? [] : (JSON.parse(text) as Row[]));

export const inner_fields = (field: Field): Field[] => field.rows ?? [];

/** A row in which nothing is filled in is not sent where it is the last; in between it keeps the numbers of the others. */
export function without_last_blanks(rows: readonly Row[]): Row[] {
  const kept = [...rows];
  while (kept.length && Object.values(kept.at(-1)!).every((value) => value === '')) kept.pop();
  return kept;
}

/** With that value in that row. */
export const with_value = (rows: readonly Row[], at: number, key: string, value: string): Row[] =>
  rows.map((row, place) => (place === at ? { ...row, [key]: value } : row));

const same = (one: Row, other: Row): boolean => {
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].every((key) => (one[key] ?? '') === (other[key] ?? ''));
};

/** Those of `rows` that `others` have not; a row that stands twice needs two. */
export function rows_without(rows: readonly Row[], others: readonly Row[]): Row[] {
  const left = [...others];
  return rows.filter((row) => {
    const place = left.findIndex((other) => same(row, other));
    if (place >= 0) left.splice(place, 1);
    return place < 0;
  });
}
