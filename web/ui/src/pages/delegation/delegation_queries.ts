// What the page of delegation asks the server and tells it.
import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query';
import { answer, api } from '@/api/client';
import { keys } from '@/api/keys';
import type { AnswerOf } from '@/api/types';
import type { components } from '@/api/schema';

export type Colleague = AnswerOf<'/api/v1/me/colleagues'>['items'][number];

const at_once = 200;

export const use_delegations = () =>
  useQuery({
    queryKey: keys.delegations,
    queryFn: () => answer(api.GET('/api/v1/me/delegations', { params: { query: { limit: at_once } } })),
  });

export const use_colleagues = () =>
  useQuery({
    queryKey: keys.colleagues,
    queryFn: () => answer(api.GET('/api/v1/me/colleagues', { params: { query: { limit: at_once } } })),
  });

export function use_delegation_acts() {
  const queries = useQueryClient();
  const onSuccess = () => queries.invalidateQueries({ queryKey: keys.delegations });
  return {
    lend: useMutation({
      mutationFn: (body: components['schemas']['NewDelegation']) =>
        answer(api.POST('/api/v1/me/delegations', { body })),
      onSuccess,
    }),
    take_back: useMutation({
      mutationFn: (path: { username: string; post: string }) =>
        answer(api.DELETE('/api/v1/me/delegations/{username}/{post}', { params: { path } })),
      onSuccess,
    }),
  };
}
