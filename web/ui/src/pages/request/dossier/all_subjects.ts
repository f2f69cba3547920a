import { useQuery } from '@tanstack/vue-query';
import { computed, ref, type Ref } from 'vue';
import { all_pages } from '@/api/all_pages';
import { answer, api } from '@/api/client';
import { keys } from '@/api/keys';
import type { Request } from '@/api/types';

/** All students of a request, asked for once somebody prints; until then the first. */
export function use_all_subjects(request: Ref<Request | undefined>) {
  const wanted = ref(false);
  const several = computed(() => request.value !== undefined && request.value.student === null);
  const query = useQuery({
    queryKey: computed(() =>
      keys.subjects(request.value?.id ?? '', { whole: true, version: request.value?.version ?? 0 }),
    ),
    queryFn: () =>
      all_pages((cursor) =>
        answer(
          api.GET('/api/v1/requests/{id}/subjects', {
            params: { path: { id: request.value?.id ?? '' }, query: { limit: 200, cursor } },
          }),
        ),
      ),
    enabled: computed(() => several.value && wanted.value),
  });
  return {
    wanted,
    known: computed(() => !several.value || !wanted.value || query.data.value !== undefined),
    subjects: computed(() => query.data.value?.items ?? request.value?.subjects ?? []),
  };
}
