// Which requests the list shows, as it stands in the address and as the server is asked. Nothing in the address is the
// list that the navigation counts.
import type { LocationQuery } from 'vue-router';
import type { components } from '@/api/schema';
import type { Outcome } from '@/api/types';
import { handle_of, words_of } from '@/rules/search_words';

export type RequestSearch = components['schemas']['RequestSearch'];

export interface RequestFilter {
  q: string;
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
    q: words_of(query),
    scope: one_of(text(query.scope), ['mine', 'all'], files ? 'mine' : 'all'),
    show: one_of(text(query.show), ['open', 'ended', 'all'], 'open'),
    workflow: text(query.workflow),
    state: text(query.state),
    outcome: one_of(text(query.outcome), ['', ...outcomes], ''),
  };
}

/** Only what differs from the first list. A state belongs to a business, an outcome to what has ended. */
export function address_of(filter: RequestFilter, files: boolean): Record<string, string> {
  const first: Record<string, string> = { ...filter_of({}, files) };
  const { q, ...rest } = filter;
  const wanted = {
    ...rest,
    ...(q && { find: handle_of(q) }),
    state: filter.workflow && filter.show !== 'ended' ? filter.state : '',
    outcome: filter.show === 'open' ? ('' as const) : filter.outcome,
  };
  return Object.fromEntries(Object.entries(wanted).filter(([key, value]) => value !== first[key]));
}

export function search_of(filter: RequestFilter): RequestSearch {
  return {
    ...(filter.q && { q: filter.q }),
    ...(filter.scope === 'mine' && { mine: true }),
    ...(filter.show !== 'all' && { open: filter.show === 'open' }),
    ...(filter.workflow && { workflow: filter.workflow }),
    ...(filter.state && { state: filter.state }),
    ...(filter.outcome && { outcome: filter.outcome }),
  };
}

/** The same for a file: its query, and where words narrow it the body of a search instead. */
export const export_of = (filter: RequestFilter): { query: string; search?: RequestSearch } => {
  const search = search_of(filter);
  if (search.q) return { query: '', search };
  const parameters = Object.entries(search).map(([key, value]) => [key, String(value)]);
  return { query: new URLSearchParams(parameters).toString() };
};
