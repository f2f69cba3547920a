import type { Statistic } from './health_queries';

export interface BusinessStatistics {
  key: string;
  title: string;
  rows: Statistic[];
  open: number;
  overdue: number;
  ended: number;
}

/** Counts under their business: open states first, in the order of `order`, keys of states. */
export function by_business(statistics: readonly Statistic[], order: readonly string[] = []): BusinessStatistics[] {
  const found = new Map<string, BusinessStatistics>();
  for (const row of statistics) {
    const { key, title } = row.workflow;
    const business = found.get(key) ?? { key, title, rows: [], open: 0, overdue: 0, ended: 0 };
    found.set(key, business);
    business.rows.push(row);
    business[row.ended ? 'ended' : 'open'] += row.count;
    business.overdue += row.overdue;
  }
  const place = (row: Statistic) => order.indexOf(row.state.key);
  for (const business of found.values())
    business.rows.sort((a, b) => Number(a.ended) - Number(b.ended) || place(a) - place(b));
  return [...found.values()];
}

/** `3` of days, `4` of hours, `5` of minutes. */
export function duration_parts(seconds: number): { days: number; hours: number; minutes: number } {
  return {
    days: Math.floor(seconds / 86_400),
    hours: Math.floor((seconds % 86_400) / 3_600),
    minutes: Math.floor((seconds % 3_600) / 60),
  };
}

/** Bytes in the unit that needs the fewest digits. */
export function size_told(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  const place = Math.min(units.length - 1, bytes < 1 ? 0 : Math.floor(Math.log2(bytes) / 10));
  const size = bytes / 1024 ** place;
  return `${size >= 100 || place === 0 ? Math.round(size) : Math.round(size * 10) / 10} ${units[place]}`;
}
