// Who has business with pupils of other schools: whoever may open one that is between two schools.
import { useQuery } from '@tanstack/vue-query';
import { computed } from 'vue';
import { answer, api } from '@/api/client';
import { keys } from '@/api/keys';
import { may_look_elsewhere } from '@/rules/offered_businesses';

export function use_elsewhere() {
  const query = useQuery({
    queryKey: keys.workflows(),
    queryFn: () => answer(api.GET('/api/v1/workflows', { params: { query: { limit: 200 } } })),
    select: ({ items }) => may_look_elsewhere(items),
  });
  return { query, allowed: computed(() => query.data.value === true) };
}
