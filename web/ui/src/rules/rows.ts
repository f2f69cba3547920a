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

/** What a spreadsheet has of a date, as a form keeps it. */
function as_date(text: string): string {
  const [, year, month, day] = /^(\d{4})\D(\d{1,2})\D(\d{1,2})\D?$/.exec(text) ?? [];
  return year ? `${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}` : text;
}

/** What was copied from a spreadsheet, put in from that cell on, in new rows where they are too few. `choices` are those
 * of a field, by their titles. `over`: how many of the rows did not fit; `unknown`: how many values are no choice. */
export function with_block(
  rows: readonly Row[],
  block: readonly (readonly string[])[],
  from: { at: number; key: string },
  fields: readonly Field[],
  at_most: number,
  choices: (field: Field) => ReadonlyMap<string, string> | null,
): { rows: Row[]; over: number; unknown: number } {
  const columns = fields.slice(fields.findIndex((field) => field.key === from.key));
  const put = rows.map((row) => ({ ...row }));
  let unknown = 0;
  const value_of = (field: Field, text: string): string => {
    const known = choices(field);
    if (!known) return field.type === 'date' ? as_date(text) : text;
    if (text !== '' && !known.has(text)) unknown += 1;
    return known.get(text) ?? '';
  };
  const fitting = block.slice(0, Math.max(0, at_most - from.at));
  fitting.forEach((cells, down) => {
    const row = (put[from.at + down] ??= {});
    columns.slice(0, cells.length).forEach((field, across) => (row[field.key] = value_of(field, cells[across]!)));
  });
  return { rows: put, over: block.length - fitting.length, unknown };
}

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
