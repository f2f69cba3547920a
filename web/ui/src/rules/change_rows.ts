// The history of a student as a table: one row for each thing that changed.
import type { Change, HistoryEntry } from '@/api/types';

export interface ChangeRow {
  key: string;
  change: Change;
  entry: HistoryEntry;
}

export const change_rows = (history: readonly HistoryEntry[]): ChangeRow[] =>
  history.flatMap((entry) => entry.changes.map((change) => ({ key: `${entry.id} ${change.field}`, change, entry })));

/** A value as people read it: keys of statuses, sexes, grades and states of numbers in words. */
export function shown_value(field: string, value: string, t: (key: string) => string): string {
  if (value === '') return value;
  if (field === 'sex' || field === 'status') return t(`${field}.${value}`);
  if (field === 'grade' && /^([1-9]|1[0-2])$/.test(value)) return t(`grade.${value}`);
  const number = /^(\S+) (current|former|retired)$/.exec(value);
  return field === 'number.state' && number ? `${number[1]} ${t(`number_state.${number[2]}`)}` : value;
}

/** The entry by which a number was retired for ever, if the history tells. */
export const retirement_of = (history: readonly HistoryEntry[], number: string): HistoryEntry | undefined =>
  history.find(({ changes }) =>
    changes.some((change) => change.field === 'number.state' && change.new === `${number} retired`),
  );
