// What the rows of a request let its reader begin.
import { useQuery } from '@tanstack/vue-query';
import { computed } from 'vue';
import type { RouteLocationRaw } from 'vue-router';
import { answer, api } from '@/api/client';
import { keys } from '@/api/keys';
import type { Request, Workflow } from '@/api/types';

export interface RowOffer {
  title: string;
  to: RouteLocationRaw;
}

/** Of a business about a student it begins with this one; of several or without one, where they are chosen. */
function way_to(business: Workflow, student: string | undefined): RouteLocationRaw {
  const params = { workflow: business.key };
  if (business.subject === 'students') return { name: 'batch-request', params };
  return student ? { name: 'new-request', params: { id: student, ...params } } : { name: 'students' };
}

/** A function that says what that row of that field offers; null where that is nothing, or not for the reader. */
export function use_row_offers(request: () => Request) {
  const offers = computed(() => request().offers ?? []);
  const student = computed(() => request().student?.id ?? undefined);
  const query = computed(() => ({ student: student.value, limit: 200 }));
  const workflows = useQuery({
    queryKey: computed(() => keys.workflows(student.value)),
    queryFn: () => answer(api.GET('/api/v1/workflows', { params: { query: query.value } })),
    enabled: computed(() => offers.value.length > 0),
  });
  return (field: string, row: number): RowOffer | null => {
    const offered = offers.value.find((each) => each.field === field && each.row === row)?.workflow;
    const business = workflows.data.value?.items.find(({ key }) => key === offered);
    return business ? { title: business.title, to: way_to(business, student.value) } : null;
  };
}
