// What the address of the queue says, and back. What is as usual is left out of it.
import type { LocationQuery, LocationQueryRaw } from 'vue-router';
import type { QueryOf } from '@/api/types';

type TaskQuery = QueryOf<'/api/v1/tasks'>;
export type QueueSort = NonNullable<TaskQuery['sort']>;
/** What narrows the queue: the same for its list and for its count. */
export type QueueFilter = Pick<TaskQuery, 'workflow' | 'state' | 'overdue' | 'q' | 'post'>;

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
    q: text(query, 'q'),
    post: text(query, 'post'),
  };
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
}

export const sort_of = (query: LocationQuery): QueueSort => sorts.find((sort) => sort === query.sort) ?? first_sort;

export const cursor_of = (query: LocationQuery): string | undefined => text(query, 'cursor');

export function address_of(filter: QueueFilter, sort: QueueSort): LocationQueryRaw {
  const { overdue, ...rest } = filter;
  return {
    ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value)),
    ...(overdue ? { overdue: 'true' } : {}),
    ...(sort === first_sort ? {} : { sort }),
  };
}

export const is_narrowed = (filter: QueueFilter): boolean => Object.keys(filter).length > 0;
