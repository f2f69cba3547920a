// Every version of every business, and what the pages of definitions make of them.
import { useQuery } from '@tanstack/vue-query';
import { answer, api } from '@/api/client';
import { keys } from '@/api/keys';
import type { AnswerOf } from '@/api/types';

export type Definition = AnswerOf<'/api/v1/definitions'>['items'][number];

const refresh_ms = 10_000;
const at_once = 200;

export const use_definitions = () =>
  useQuery({
    queryKey: keys.definitions,
    queryFn: () => answer(api.GET('/api/v1/definitions', { params: { query: { limit: at_once } } })),
    refetchInterval: refresh_ms,
  });
