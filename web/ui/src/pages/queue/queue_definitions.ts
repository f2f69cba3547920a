import { useQueries } from '@tanstack/vue-query';
import { computed, ref, watchEffect } from 'vue';
import { answer, api } from '@/api/client';
import { keys } from '@/api/keys';

/**
 * The definitions of the businesses that were seen in the queue so far. Others are not asked for: in those of which the
 * reader has no part, the server lets nobody look.
 */
export function use_queue_definitions(businesses: () => string[]) {
  const seen = ref<string[]>([]);
  watchEffect(() => {
    const fresh = businesses().filter((key) => !seen.value.includes(key));
    if (fresh.length) seen.value = [...seen.value, ...new Set(fresh)];
  });
  const found = useQueries({
    queries: computed(() =>
      seen.value.map((key) => ({
        queryKey: keys.workflow(key),
        queryFn: () => answer(api.GET('/api/v1/workflows/{key}', { params: { path: { key } } })),
        staleTime: 600_000,
      })),
    ),
  });
  return computed(() => found.value.flatMap(({ data }) => data ?? []));
}
