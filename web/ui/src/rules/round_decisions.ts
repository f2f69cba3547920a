// What the officers have decided and what still holds: a return undoes what was decided from that state on.
import type { HistoryEntry } from '@/api/types';
import { by_machine } from './history_look';

export function round_decisions<Entry extends Pick<HistoryEntry, 'by' | 'from' | 'to'>>(history: Entry[]): Entry[] {
  const draft = history.find((entry) => entry.from === null)?.to;
  let decisions: Entry[] = [];
  for (const entry of history) {
    if (!entry.from || entry.from === entry.to || entry.from === draft || by_machine(entry)) continue;
    const again = decisions.findIndex((decision) => decision.from === entry.to);
    if (entry.to === draft) decisions = [];
    else if (again >= 0) decisions = decisions.slice(0, again);
    else decisions.push(entry);
  }
  return decisions;
}
