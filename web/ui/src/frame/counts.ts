// The figures beside the entries of the navigation. Live events make them stale together with the lists that they count.
import { useQuery } from '@tanstack/vue-query';
import { computed } from 'vue';
import { answer, api } from '@/api/client';
import { keys } from '@/api/keys';
import { use_posts } from '@/session/session';

/** The open requests that the page of requests shows at first. */
export const first_request_filter = { mine: true, open: true } as const;

export function use_counts() {
  const { decides, holds } = use_posts();
  const tasks = useQuery({
    queryKey: keys.task_count({}),
    queryFn: () => answer(api.GET('/api/v1/tasks', { params: { query: { count: true, limit: 1 } } })),
    enabled: decides,
  });
  const requests = useQuery({
    queryKey: keys.request_count(first_request_filter),
    queryFn: () =>
      answer(api.GET('/api/v1/requests', { params: { query: { ...first_request_filter, count: true, limit: 1 } } })),
    enabled: computed(() => holds('registrar', 'reviewer')),
  });
  const notifications = useQuery({
    queryKey: keys.notification_count,
    queryFn: () =>
      answer(api.GET('/api/v1/notifications', { params: { query: { unread: true, count: true, limit: 1 } } })),
  });
  return {
    tasks: computed(() => tasks.data.value?.count),
    requests: computed(() => requests.data.value?.count),
    notifications: computed(() => notifications.data.value?.count),
  };
}

/** `999+` for what is no longer counted. */
export const bounded = (count: number): string => (count >= 1000 ? '999+' : String(count));
