// What waits for the national side, and asking it again.
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/vue-query';
import { computed, toValue, type MaybeRefOrGetter } from 'vue';
import { answer, api } from '@/api/client';
import { keys } from '@/api/keys';
import { as_problem, type ApiProblem } from '@/api/problem';
import type { AnswerOf, QueryOf } from '@/api/types';

export type CheckJob = AnswerOf<'/api/v1/checks'>['items'][number];
type CheckFilter = QueryOf<'/api/v1/checks'>;

const refresh_ms = 10_000;

export const use_checks = (filter: MaybeRefOrGetter<CheckFilter>) =>
  useQuery({
    queryKey: computed(() => keys.checks(toValue(filter))),
    queryFn: () => answer(api.GET('/api/v1/checks', { params: { query: { ...toValue(filter), count: true } } })),
    refetchInterval: refresh_ms,
    placeholderData: keepPreviousData,
  });

export interface Retried {
  asked: number;
  /** The first that could not be asked. */
  problem: ApiProblem | null;
}

/** Asks the national side again, one after the other; what is answered meanwhile is no failure. */
export function use_retry() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (jobs: readonly CheckJob[]): Promise<Retried> => {
      const retried: Retried = { asked: 0, problem: null };
      for (const { id } of jobs) {
        try {
          await answer(api.POST('/api/v1/checks/{id}/retry', { params: { path: { id } } }));
          retried.asked += 1;
        } catch (error) {
          const problem = as_problem(error);
          const answered_meanwhile = jobs.length > 1 && [404, 409].includes(problem.status);
          if (!answered_meanwhile) retried.problem ??= problem;
          if (problem.passing) break;
        }
      }
      return retried;
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['checks'] }),
  });
}
