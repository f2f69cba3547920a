// Which arrows of a procedure's picture a request has gone along.
export interface Arrow {
  from: string;
  to: string;
  event: string;
}

export interface Travelled {
  action: string;
  from?: string | null;
  to?: string | null;
}

/** An end of a branch: the history names where the whole request stood then. */
const ends_branch = (arrow: Arrow) => arrow.to === 'join' || arrow.to === 'stop';

/** Positions in `arrows`. An act whose arrow the picture lacks, as a move by hand would be, is left out. */
export function travelled_arrows(arrows: readonly Arrow[], history: readonly Travelled[]): Set<number> {
  const found = new Set<number>();
  const add = (fits: (arrow: Arrow) => boolean): boolean => {
    const at = arrows.findIndex(fits);
    if (at >= 0) found.add(at);
    return at >= 0;
  };
  for (const { action, from, to } of history) {
    if (
      !from ||
      !to ||
      (from === to && !arrows.some((arrow) => arrow.from === from && arrow.to === to && arrow.event === action))
    )
      continue;
    const there = (arrow: Arrow) => arrow.from === from && arrow.to === to;
    if (add((arrow) => there(arrow) && arrow.event === action) || add(there)) continue;
    if (add((arrow) => arrow.from === from && arrow.event === action && ends_branch(arrow)))
      add((arrow) => arrow.to === to && (arrow.event === 'joined' || arrow.event === 'otherwise'));
  }
  return found;
}

/** States that were left along an arrow. */
export const passed_states = (history: readonly Travelled[]): Set<string> =>
  new Set(history.flatMap(({ from, to }) => (from && to && from !== to ? [from] : [])));
