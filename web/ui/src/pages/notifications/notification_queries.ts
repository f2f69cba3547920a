// The inbox, and marking what was read.
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/vue-query';
import { computed, toValue, type MaybeRefOrGetter } from 'vue';
import { answer, api } from '@/api/client';
import { keys } from '@/api/keys';
import type { QueryOf } from '@/api/types';

type NotificationFilter = QueryOf<'/api/v1/notifications'>;

export const use_notifications = (filter: MaybeRefOrGetter<NotificationFilter>) =>
  useQuery({
    queryKey: computed(() => keys.notifications(toValue(filter))),
    queryFn: () => answer(api.GET('/api/v1/notifications', { params: { query: { ...toValue(filter), count: true } } })),
    placeholderData: keepPreviousData,
  });

export function use_reading() {
  const queries = useQueryClient();
  const onSuccess = () => queries.invalidateQueries({ queryKey: ['notifications'] });
  return {
    read: useMutation({
      mutationFn: (id: string) => answer(api.POST('/api/v1/notifications/read', { body: { ids: [id] } })),
      onSuccess,
    }),
    /** All there are, also on other pages. */
    read_all: useMutation({
      mutationFn: async () => {
        const { items } = await answer(api.GET('/api/v1/notifications', { params: { query: { limit: 1 } } }));
        const newest = items[0];
        if (newest) await answer(api.POST('/api/v1/notifications/read', { body: { through: newest.id } }));
      },
      onSuccess,
    }),
  };
}
