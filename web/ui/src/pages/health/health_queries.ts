// What the page of health asks the server, and looks at again.
import { useQuery } from '@tanstack/vue-query';
import { answer, api } from '@/api/client';
import { keys } from '@/api/keys';
import type { AnswerOf } from '@/api/types';

export type HealthFigures = AnswerOf<'/api/v1/health'>;
export type Statistic = AnswerOf<'/api/v1/statistics'>['items'][number];

const refresh_ms = 10_000;
const at_once = 200;

export const use_health = () =>
  useQuery({
    queryKey: keys.health,
    queryFn: () => answer(api.GET('/api/v1/health')),
    refetchInterval: refresh_ms,
  });

/** For the order of the states. */
export const use_definitions = () =>
  useQuery({
    queryKey: keys.definitions,
    queryFn: () => answer(api.GET('/api/v1/definitions', { params: { query: { limit: at_once } } })),
  });

export const use_statistics = () =>
  useQuery({
    queryKey: keys.statistics,
    queryFn: () => answer(api.GET('/api/v1/statistics', { params: { query: { limit: at_once } } })),
    refetchInterval: refresh_ms,
  });
