import type { HistoryEntry } from '@/api/types';

/** The entry by which a request last came back into this state from a later one; none where it has not. */
export function last_return(history: readonly HistoryEntry[], state: string): HistoryEntry | undefined {
  const moves = history.filter(({ from, to }) => to !== null && from !== to);
  const arrival = moves.sort((a, b) => Number(b.id) - Number(a.id))[0];
  return arrival && arrival.to === state && arrival.from !== null ? arrival : undefined;
}
