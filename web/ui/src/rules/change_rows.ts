// The history of a student as a table: one row for each thing that changed.
import type { Change, HistoryEntry } from '@/api/types';

export interface ChangeRow {
  key: string;
  change: Change;
  entry: HistoryEntry;
}

export const change_rows = (history: readonly HistoryEntry[]): ChangeRow[] =>
  history.flatMap((entry) => entry.changes.map((change) => ({ key: `${entry.id} ${change.field}`, change, entry })));

/** The message for a value that is a key: of a sex, a status or a grade; null for a value that is text. */
export function keyed_value(field: string, value: string): string | null {
  if (value === '') return null;
  if (field === 'sex' || field === 'status') return `${field}.${value}`;
  return field === 'grade' && /^([1-9]|1[0-2])$/.test(value) ? `grade.${value}` : null;
}

/** `G… retired` in its two parts. */
export function number_and_state(field: string, value: string): { number: string; state: string } | null {
  const parts = field === 'number.state' ? /^(\S+) (current|former|retired)$/.exec(value) : null;
  return parts && { number: parts[1] ?? '', state: parts[2] ?? '' };
}

/** The entry by which a number was retired for ever, if the history tells. */
export const retirement_of = (history: readonly HistoryEntry[], number: string): HistoryEntry | undefined =>
  history.find(({ changes }) =>
    changes.some((change) => change.field === 'number.state' && change.new === `${number} retired`),
  );
