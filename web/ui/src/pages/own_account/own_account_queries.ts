// Where one is signed in, and ending it there.
import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query';
import { answer, api } from '@/api/client';
import { keys } from '@/api/keys';
import type { components } from '@/api/schema';
import type { AnswerOf } from '@/api/types';

export type OwnSession = AnswerOf<'/api/v1/me/sessions'>['items'][number];

export type NewSecondFactor = components['schemas']['NewSecondFactor'];

const at_once = 200;

export const use_own_sessions = () =>
  useQuery({
    queryKey: keys.own_sessions,
    queryFn: () => answer(api.GET('/api/v1/me/sessions', { params: { query: { limit: at_once } } })),
  });

export function use_end_session() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => answer(api.DELETE('/api/v1/me/sessions/{id}', { params: { path: { id } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: keys.own_sessions }),
  });
}

export const use_second_factor = () => ({
  begin: useMutation({
    mutationFn: (password: string) => answer(api.POST('/api/v1/me/second-factor', { body: { password } })),
  }),
  confirm: useMutation({
    mutationFn: (code: string) => answer(api.POST('/api/v1/me/second-factor/confirm', { body: { code } })),
  }),
  remove: useMutation({
    mutationFn: (password: string) => answer(api.DELETE('/api/v1/me/second-factor', { body: { password } })),
  }),
});
