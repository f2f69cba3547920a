// The history of a student as a table: one row for each thing that changed.
import type { Change, HistoryEntry } from '@/api/types';

export interface ChangeRow {
  key: string;
  change: Change;
  entry: HistoryEntry;
}

export const change_rows = (history: readonly HistoryEntry[]): ChangeRow[] =>
  history.flatMap((entry) => entry.changes.map((change) => ({ key: `${entry.id} ${change.field}`, change, entry })));

/** The entry by which a number was retired for ever, if the history tells. */
export const retirement_of = (history: readonly HistoryEntry[], number: string): HistoryEntry | undefined =>
  history.find(({ changes }) =>
    changes.some((change) => change.field === 'number.state' && change.new === `${number} retired`),
  );
