// What the list of students is narrowed to, as it stands in the address and as the server is asked.
import type { LocationQuery } from 'vue-router';
import type { components } from '@/api/schema';
import type { Student } from '@/api/types';
import { handle_of, words_of } from '@/rules/search_words';

export type StudentSearch = components['schemas']['StudentSearch'];

export interface StudentFilter {
  q: string;
  school: string;
  status: Student['status'] | '';
  class: string;
  /** A day: only those whose suspension was to end before it. */
  until: string;
}

const text = (value: LocationQuery[string] | undefined): string => (typeof value === 'string' ? value : '');

export const filter_of = (query: LocationQuery): StudentFilter => ({
  q: words_of(query),
  school: text(query.school),
  status: text(query.status) as StudentFilter['status'],
  class: text(query.class),
  until: text(query.until),
});

/** Only what is set, so that the address stays short. */
export const address_of = ({ q, ...filter }: StudentFilter): Record<string, string> =>
  Object.fromEntries(Object.entries({ find: handle_of(q), ...filter }).filter(([, value]) => value !== ''));

export const search_of = (filter: StudentFilter): StudentSearch => ({
  ...(filter.q && { q: filter.q }),
  ...(filter.school && { school: filter.school }),
  ...(filter.status && { status: filter.status }),
  ...(filter.class && { class: filter.class }),
  ...(filter.until && { statusUntilBefore: filter.until }),
});
