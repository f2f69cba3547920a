import { useQuery } from '@tanstack/vue-query';
import { computed, type Ref } from 'vue';
import { answer, api } from '@/api/client';
import { keys } from '@/api/keys';
import type { Request } from '@/api/types';

/**
 * The definition that the request runs on, which need not be the newest. Its text never changes; where the request moves
 * to another version, the earlier one stays until that is there, and so does what somebody fills in.
 */
export function use_request_workflow(request: Readonly<Ref<Request | undefined>>) {
  const id = computed(() => request.value?.id ?? '');
  return useQuery({
    queryKey: computed(() => keys.request_workflow(id.value, request.value?.workflow.sha256 ?? '')),
    queryFn: () => answer(api.GET('/api/v1/requests/{id}/workflow', { params: { path: { id: id.value } } })),
    enabled: computed(() => request.value !== undefined),
    staleTime: Infinity,
    placeholderData: (earlier, query) => (query?.queryKey[1] === id.value ? earlier : undefined),
  });
}
