// Tasks that nobody at their post can decide, within the administrator's offices.
import { keepPreviousData, useQuery } from '@tanstack/vue-query';
import { computed, toValue, type MaybeRefOrGetter } from 'vue';
import { answer, api } from '@/api/client';
import { keys } from '@/api/keys';

/** A post that somebody holds again changes no request: no event tells it. */
const refresh_ms = 5_000;

export const use_undecidable = (cursor: MaybeRefOrGetter<string | undefined>) =>
  useQuery({
    queryKey: computed(() => keys.undecidable(toValue(cursor))),
    queryFn: () => answer(api.GET('/api/v1/tasks/undecidable', { params: { query: { cursor: toValue(cursor) } } })),
    refetchInterval: refresh_ms,
    placeholderData: keepPreviousData,
  });
