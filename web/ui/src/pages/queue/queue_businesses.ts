import { useQuery } from '@tanstack/vue-query';
import { answer, api } from '@/api/client';
import { keys } from '@/api/keys';

const sample = (sort: 'since' | '-since') =>
  answer(api.GET('/api/v1/tasks', { params: { query: { sort, limit: 100 } } }));

/** The businesses at both ends of the queue, whatever it is narrowed to, with their definitions. */
async function fetch_businesses() {
  const oldest = await sample('since');
  const tasks = oldest.next ? [...oldest.items, ...(await sample('-since')).items] : oldest.items;
  const businesses = [...new Set(tasks.map((task) => task.workflow.key))];
  const definitions = await Promise.all(
    businesses.map((key) => answer(api.GET('/api/v1/workflows/{key}', { params: { path: { key } } }))),
  );
  return { definitions, tasks: tasks.map(({ workflow, state }) => ({ workflow, state })) };
}

export const use_queue_businesses = () =>
  useQuery({ queryKey: keys.queue_businesses, queryFn: fetch_businesses, staleTime: 300_000 });
