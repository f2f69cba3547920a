// The businesses that the caller may begin for several students at once.
import { useQuery } from '@tanstack/vue-query';
import { computed } from 'vue';
import { answer, api } from '@/api/client';
import { keys } from '@/api/keys';
import type { Workflow } from '@/api/types';

export const is_batch = ({ subject }: Pick<Workflow, 'subject'>): boolean => subject === 'students';

export function use_batch_businesses() {
  const query = useQuery({
    queryKey: keys.workflows(),
    queryFn: () => answer(api.GET('/api/v1/workflows', { params: { query: { limit: 200 } } })),
    select: ({ items }) => items.filter(is_batch),
  });
  const businesses = computed(() => query.data.value ?? []);
  return {
    query,
    offered: computed(() => businesses.value.length > 0),
    /** So many students may be chosen at most. */
    at_most: computed(() => Math.max(0, ...businesses.value.map(({ atMost }) => atMost))),
  };
}
