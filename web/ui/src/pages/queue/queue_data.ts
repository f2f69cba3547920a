import { keepPreviousData, useQuery } from '@tanstack/vue-query';
import { computed, shallowRef, watch } from 'vue';
import { useRoute } from 'vue-router';
import { answer, api } from '@/api/client';
import { keys } from '@/api/keys';
import { cursor_of, filter_of, sort_of, type TaskSearch } from './queue_filter';

/** Words go into a body; a queue without them is read by GET, which waits for no search. */
const tasks = ({ q, ...query }: TaskSearch) =>
  answer(
    q ? api.POST('/api/v1/tasks/search', { body: { q, ...query } }) : api.GET('/api/v1/tasks', { params: { query } }),
  );

/** The queue that the address names, its count, and what it can be narrowed to. */
export function use_queue() {
  const route = useRoute();
  // While the page is being left, the address already belongs to the next one.
  const query = shallowRef(route.query);
  watch(
    () => route.fullPath,
    () => route.name === 'queue' && (query.value = route.query),
    { flush: 'sync' },
  );
  const filter = computed(() => filter_of(query.value));
  const sort = computed(() => sort_of(query.value));
  const cursor = computed(() => cursor_of(query.value));
  const asked = computed(() => ({ ...filter.value, sort: sort.value, cursor: cursor.value }));

  const list = useQuery({
    queryKey: computed(() => keys.tasks(asked.value)),
    queryFn: () => tasks(asked.value),
    placeholderData: keepPreviousData,
  });
  const count = useQuery({
    queryKey: computed(() => keys.task_count(filter.value)),
    queryFn: () => tasks({ ...filter.value, count: true, limit: 1 }),
    placeholderData: keepPreviousData,
  });
  return { filter, sort, list, count: computed(() => count.data.value?.count) };
}
