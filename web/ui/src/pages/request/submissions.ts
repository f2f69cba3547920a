import { useQuery } from '@tanstack/vue-query';
import { computed, type Ref } from 'vue';
import { answer, api } from '@/api/client';
import { keys } from '@/api/keys';
import type { Request } from '@/api/types';

/** What was submitted of a request, newest first; asked for only where there is more than one. */
export function use_submissions(request: Ref<Request | undefined>) {
  const id = computed(() => request.value?.id ?? '');
  const count = computed(() => request.value?.submissions ?? 0);
  const query = useQuery({
    queryKey: computed(() => keys.submissions(id.value, count.value)),
    queryFn: () =>
      answer(
        api.GET('/api/v1/requests/{id}/submissions', { params: { path: { id: id.value }, query: { limit: 200 } } }),
      ),
    enabled: computed(() => count.value > 1),
  });
  return computed(() => (count.value > 1 ? (query.data.value?.items ?? []) : []));
}
