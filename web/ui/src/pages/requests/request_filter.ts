// Which requests the list shows, as it stands in the address and as the server is asked. Nothing in the address is the
// list that the navigation counts.
import type { LocationQuery } from 'vue-router';
import type { Outcome, QueryOf } from '@/api/types';

export type RequestQuery = QueryOf<'/api/v1/requests'>;

export interface RequestFilter {
  scope: 'mine' | 'all';
  show: 'open' | 'ended' | 'all';
  workflow: string;
  state: string;
  outcome: Outcome | '';
}

const text = (value: LocationQuery[string] | undefined): string => (typeof value === 'string' ? value : '');
const one_of = <Word extends string>(value: string, words: readonly Word[], otherwise: Word): Word =>
  (words as readonly string[]).includes(value) ? (value as Word) : otherwise;

export const outcomes: readonly Outcome[] = ['completed', 'rejected', 'withdrawn', 'cancelled', 'expired'];

/** `files`: whether the person files requests; whoever does not begins with all of the jurisdiction. */
export function filter_of(query: LocationQuery, files: boolean): RequestFilter {
  return {
    scope: one_of(text(query.scope), ['mine', 'all'], files ? 'mine' : 'all'),
    show: one_of(text(query.show), ['open', 'ended', 'all'], 'open'),
    workflow: text(query.workflow),
    state: text(query.state),
    outcome: one_of(text(query.outcome), ['', ...outcomes], ''),
  };
}

/** Only what differs from the first list. A state belongs to a business, an outcome to what has ended. */
export function address_of(filter: RequestFilter, files: boolean): Record<string, string> {
  const first = filter_of({}, files);
  const wanted = {
    ...filter,
    state: filter.workflow && filter.show !== 'ended' ? filter.state : '',
    outcome: filter.show === 'open' ? ('' as const) : filter.outcome,
  };
  return Object.fromEntries(
    Object.entries(wanted).filter(([key, value]) => value !== first[key as keyof RequestFilter]),
  );
}

export function query_of(filter: RequestFilter): RequestQuery {
  return {
    ...(filter.scope === 'mine' && { mine: true }),
    ...(filter.show !== 'all' && { open: filter.show === 'open' }),
    ...(filter.workflow && { workflow: filter.workflow }),
    ...(filter.state && { state: filter.state }),
    ...(filter.outcome && { outcome: filter.outcome }),
  };
}

/** Where the same requests come as a file. */
export const export_address = (filter: RequestFilter, format: 'csv' | 'xlsx'): string => {
  const parameters = Object.entries(query_of(filter)).map(([key, value]) => [key, String(value)]);
  return `/api/v1/exports/requests.${format}?${new URLSearchParams(parameters)}`;
};
