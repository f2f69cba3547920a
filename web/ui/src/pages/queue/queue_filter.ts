// What the address of the queue says, and back. What is as usual is left out of it.
import type { LocationQuery, LocationQueryRaw } from 'vue-router';
import type { components } from '@/api/schema';
import { handle_of, is_forgotten, words_of } from '@/rules/search_words';

export type TaskSearch = components['schemas']['TaskSearch'];
export type QueueSort = NonNullable<TaskSearch['sort']>;
/** What narrows the queue: the same for its list and for its count. */
export type QueueFilter = Pick<TaskSearch, 'workflow' | 'state' | 'overdue' | 'q' | 'post'>;

export const sorts: QueueSort[] = ['since', 'due', '-since'];
const first_sort: QueueSort = 'since';

const text = (query: LocationQuery, name: string): string | undefined => {
  const value = query[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
};

export function filter_of(query: LocationQuery): QueueFilter {
  const filter: QueueFilter = {
    workflow: text(query, 'workflow'),
    state: text(query, 'state'),
    overdue: query.overdue === 'true' || undefined,
    q: words_of(query) || undefined,
    post: text(query, 'post'),
  };
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
}

export const sort_of = (query: LocationQuery): QueueSort => sorts.find((sort) => sort === query.sort) ?? first_sort;

export const cursor_of = (query: LocationQuery): string | undefined =>
  is_forgotten(query) ? undefined : text(query, 'cursor');

export function address_of(filter: QueueFilter, sort: QueueSort): LocationQueryRaw {
  const { overdue, q, ...rest } = filter;
  return {
    ...(q ? { find: handle_of(q) } : {}),
    ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value)),
    ...(overdue ? { overdue: 'true' } : {}),
    ...(sort === first_sort ? {} : { sort }),
  };
}

export const is_narrowed = (filter: QueueFilter): boolean => Object.keys(filter).length > 0;

/** The same for a file: its query, and where words narrow it the body of a search instead. */
export const export_of = (filter: QueueFilter, sort: QueueSort): { query: string; search?: TaskSearch } =>
  filter.q
    ? { query: '', search: { ...filter, sort } }
    : { query: new URLSearchParams(address_of(filter, sort) as Record<string, string>).toString() };
