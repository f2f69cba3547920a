// The things to try that the demonstration offers; elsewhere there are none.
import { useQuery } from '@tanstack/vue-query';
import { computed } from 'vue';
import { answer, api } from '@/api/client';
import { keys } from '@/api/keys';
import { as_problem } from '@/api/problem';
import type { Demo } from '@/api/types';

export type Example = Demo['examples'][number] & {
  /** Its place in the server's list, by which an address names it. */
  place: number;
};

export function use_demo() {
  const demo = useQuery({
    queryKey: keys.demo,
    staleTime: Infinity,
    queryFn: (): Promise<Demo | null> =>
      answer(api.GET('/api/v1/demo')).catch((error: unknown) => {
        if (as_problem(error).status === 404) return null;
        throw error;
      }),
  });
  const examples = computed<Example[]>(() =>
    (demo.data.value?.examples ?? []).map((example, place) => ({ ...example, place })),
  );
  return {
    examples,
    demo: computed(() => !!demo.data.value),
    settled: computed(() => !demo.isPending.value),
    example_for: (workflow: string, student: string) =>
      examples.value.find((example) => example.workflow === workflow && example.student === student),
  };
}
