// What the page of offices asks the server.
import { queryOptions, useQuery, type QueryClient } from '@tanstack/vue-query';
import { computed, toValue, type MaybeRefOrGetter } from 'vue';
import { answer, api } from '@/api/client';
import { keys } from '@/api/keys';
import type { Office } from '@/api/types';

const at_once = 200;
const seldom_ms = 300_000;

const office_query = (id: string) =>
  queryOptions({
    queryKey: keys.office(id),
    queryFn: () => answer(api.GET('/api/v1/offices/{id}', { params: { path: { id } } })),
    staleTime: seldom_ms,
  });

/** All offices directly below one. */
export async function offices_below(queries: QueryClient, supervisor: string): Promise<Office[]> {
  return queries.fetchQuery({
    queryKey: keys.offices({ supervisor }),
    staleTime: seldom_ms,
    queryFn: async () => {
      const found: Office[] = [];
      let cursor: string | undefined;
      do {
        const query = { supervisor, limit: at_once, cursor };
        const page = await answer(api.GET('/api/v1/offices', { params: { query } }));
        found.push(...page.items);
        cursor = page.next ?? undefined;
      } while (cursor);
      return found;
    },
  });
}

/** The offices from the topmost down to this one. */
async function chain_of(queries: QueryClient, id: string): Promise<Office[]> {
  const chain: Office[] = [];
  for (let next: string | null = id; next; next = chain[0]!.supervisor)
    chain.unshift(await queries.fetchQuery(office_query(next)));
  return chain;
}

export const use_office_chain = (id: MaybeRefOrGetter<string>, queries: QueryClient) =>
  useQuery({
    queryKey: computed(() => keys.office_chain(toValue(id))),
    enabled: () => toValue(id) !== '',
    queryFn: () => chain_of(queries, toValue(id)),
  });

/** Where the tree begins. */
export const use_offices = (ids: MaybeRefOrGetter<string[]>, queries: QueryClient) =>
  useQuery({
    queryKey: computed(() => keys.offices({ ids: toValue(ids) })),
    queryFn: () => Promise.all(toValue(ids).map((id) => queries.fetchQuery(office_query(id)))),
  });

export const use_office_search = (words: MaybeRefOrGetter<string>) =>
  useQuery({
    queryKey: computed(() => keys.offices({ q: toValue(words) })),
    enabled: () => toValue(words) !== '',
    queryFn: () => answer(api.GET('/api/v1/offices', { params: { query: { q: toValue(words), limit: 50 } } })),
  });

export const use_accounts_at = (office: MaybeRefOrGetter<string>) =>
  useQuery({
    queryKey: computed(() => keys.accounts({ office: toValue(office), limit: at_once })),
    queryFn: () =>
      answer(api.GET('/api/v1/accounts', { params: { query: { office: toValue(office), limit: at_once } } })),
  });
