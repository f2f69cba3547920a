// What the page of accounts asks the server and tells it.
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/vue-query';
import { computed, toValue, type MaybeRefOrGetter } from 'vue';
import { answer, api } from '@/api/client';
import { keys } from '@/api/keys';
import type { components } from '@/api/schema';
import type { QueryOf } from '@/api/types';

type AccountFilter = QueryOf<'/api/v1/accounts'>;
type NewAccount = components['schemas']['NewAccount'];
type NewPost = components['schemas']['NewPost'];

/** Also where tasks are left that nobody at their post can decide; else that is refused as `leaves-undecided`. */
interface Confirmed {
  confirm?: true;
}

export const use_accounts = (filter: MaybeRefOrGetter<AccountFilter>) =>
  useQuery({
    queryKey: computed(() => keys.accounts(toValue(filter))),
    queryFn: () => answer(api.GET('/api/v1/accounts', { params: { query: toValue(filter) } })),
    placeholderData: keepPreviousData,
  });

export const use_office = (id: MaybeRefOrGetter<string>) =>
  useQuery({
    queryKey: computed(() => keys.office(toValue(id))),
    enabled: () => toValue(id) !== '',
    queryFn: () => answer(api.GET('/api/v1/offices/{id}', { params: { path: { id: toValue(id) } } })),
  });

/** The acts upon accounts; each makes the lists stale. They throw ApiProblem. */
export function use_account_acts() {
  const queries = useQueryClient();
  const onSuccess = () =>
    Promise.all([['accounts'], ['tasks', 'undecidable']].map((queryKey) => queries.invalidateQueries({ queryKey })));
  return {
    add: useMutation({
      mutationFn: (body: NewAccount) => answer(api.POST('/api/v1/accounts', { body })),
      onSuccess,
    }),
    give: useMutation({
      mutationFn: ({ username, body }: { username: string; body: NewPost }) =>
        answer(api.POST('/api/v1/accounts/{username}/posts', { params: { path: { username } }, body })),
      onSuccess,
    }),
    confirm: useMutation({
      mutationFn: (path: { username: string; post: string }) =>
        answer(api.POST('/api/v1/accounts/{username}/posts/{post}/confirm', { params: { path } })),
      onSuccess,
    }),
    take: useMutation({
      mutationFn: ({ confirm, ...path }: { username: string; post: string } & Confirmed) =>
        answer(api.DELETE('/api/v1/accounts/{username}/posts/{post}', { params: { path, query: { confirm } } })),
      onSuccess,
    }),
    shut_out: useMutation({
      mutationFn: ({ username, disabled, confirm }: { username: string; disabled: boolean } & Confirmed) =>
        answer(
          api.PATCH('/api/v1/accounts/{username}', {
            params: { path: { username }, query: { confirm } },
            body: { disabled },
          }),
        ),
      onSuccess,
    }),
  };
}
