// What the machine wrote into one record after the other at the end of a request about several is one line of its history.
import type { HistoryEntry } from '@/api/types';

export interface HistoryLine<Entry> {
  entry: Entry;
  /** Of a folded line all of them, `entry` first. */
  each?: Entry[];
}

const is_of_one = (entry: Pick<HistoryEntry, 'action' | 'subject'>): boolean =>
  entry.action === 'applied' && entry.subject !== undefined && entry.subject.ordinal === undefined;

export function folded_history<Entry extends Pick<HistoryEntry, 'action' | 'subject'>>(
  history: readonly Entry[],
): HistoryLine<Entry>[] {
  const lines: HistoryLine<Entry>[] = [];
  for (const entry of history) {
    const before = lines.at(-1);
    if (!before || !is_of_one(entry) || !is_of_one(before.entry)) lines.push({ entry });
    else if (before.each) before.each.push(entry);
    else lines[lines.length - 1] = { entry: before.entry, each: [before.entry, entry] };
  }
  return lines;
}
