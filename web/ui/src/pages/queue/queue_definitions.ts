import { useQuery } from '@tanstack/vue-query';
import { answer, api } from '@/api/client';
import { keys } from '@/api/keys';
import type { Workflow } from '@/api/types';

async function fetch_definitions(): Promise<Workflow[]> {
  const { items } = await answer(api.GET('/api/v1/statistics'));
  const businesses = [...new Set(items.map((item) => item.workflow.key))];
  // One that a person may not look into is left out: its tasks still name it.
  const found = await Promise.all(
    businesses.map((key) =>
      answer(api.GET('/api/v1/workflows/{key}', { params: { path: { key } } })).catch(() => undefined),
    ),
  );
  return found.filter((workflow) => workflow !== undefined);
}

/** The definitions of the businesses that there are in the caller's jurisdiction. */
export const use_queue_definitions = () =>
  useQuery({ queryKey: keys.queue_definitions, queryFn: fetch_definitions, staleTime: 600_000 });
