// What the list of students is narrowed to, as it stands in the address and as the server is asked.
import type { LocationQuery } from 'vue-router';
import type { QueryOf, Student } from '@/api/types';
import { search_terms } from '@/rules/search_terms';

export type StudentQuery = QueryOf<'/api/v1/students'>;

export interface StudentFilter {
  q: string;
  school: string;
  status: Student['status'] | '';
  class: string;
}

const text = (value: LocationQuery[string] | undefined): string => (typeof value === 'string' ? value : '');

export const filter_of = (query: LocationQuery): StudentFilter => ({
  q: text(query.q),
  school: text(query.school),
  status: text(query.status) as StudentFilter['status'],
  class: text(query.class),
});

/** Only what is set, so that the address stays short. */
export const address_of = (filter: StudentFilter): Record<string, string> =>
  Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== ''));

/** What the server is asked; null where the search box holds half a number. */
export function query_of(filter: StudentFilter): StudentQuery | null {
  const terms = search_terms(filter.q);
  if (terms.kind === 'incomplete') return null;
  return {
    ...(terms.kind === 'number' && { number: terms.number }),
    ...(terms.kind === 'id_number' && { idNumber: terms.id_number }),
    ...(terms.kind === 'name' && { name: terms.name }),
    ...(filter.school && { school: filter.school }),
    ...(filter.status && { status: filter.status }),
    ...(filter.class && { class: filter.class }),
  };
}
