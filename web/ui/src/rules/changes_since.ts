// What others did to a request after the version on the screen.
import type { HistoryEntry, Problem } from '@/api/types';

/** The members that a history and a stale answer share. */
export type Deed = NonNullable<Problem['changes']>[number] & Partial<Pick<HistoryEntry, 'id' | 'post' | 'comment'>>;

const moves = (deed: { from?: string | null; to?: string | null }) => deed.from !== deed.to;

/** From the history where it has come in already, else from the stale answer; acts that moved nothing only where there is no other. */
export function changes_since(version: number, history: HistoryEntry[], told: Problem['changes'] = []): Deed[] {
  const since = (deeds: Deed[]) => deeds.filter((deed) => (deed.version ?? 0) > version);
  const recorded = since(history);
  const deeds: Deed[] = recorded.length ? recorded : since(told);
  const moving = deeds.filter(moves);
  return moving.length ? moving : deeds;
}
