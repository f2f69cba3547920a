// The several students of a request, as the reader looks through them: the first with the request, all by pages.
import { keepPreviousData, useQuery } from '@tanstack/vue-query';
import { computed, ref, watch } from 'vue';
import { answer, api } from '@/api/client';
import { keys } from '@/api/keys';
import type { Request } from '@/api/types';

export type Which = 'everyone' | 'taking_part' | 'set_aside';
const set_aside_of: Record<Which, boolean | undefined> = { everyone: undefined, taking_part: false, set_aside: true };

export function use_subject_pages(request: () => Request) {
  const which = ref<Which>('everyone');
  /** Whether more is wanted than the first, which stand in the request itself. */
  const whole = ref(false);
  const trail = ref<string[]>([]);
  watch(which, () => (trail.value = []));
  const asked = computed(() => ({ setAside: set_aside_of[which.value], cursor: trail.value.at(-1), limit: 50 }));
  const fetches = computed(() => whole.value || which.value !== 'everyone');
  const query = useQuery({
    queryKey: computed(() => keys.subjects(request().id, { ...asked.value, version: request().version })),
    queryFn: () =>
      answer(
        api.GET('/api/v1/requests/{id}/subjects', {
          params: { path: { id: request().id }, query: asked.value },
        }),
      ),
    enabled: fetches,
    placeholderData: keepPreviousData,
  });
  const next = computed(() => (fetches.value ? query.data.value?.next : null) ?? null);
  return {
    which,
    whole,
    query,
    fetches,
    shown: computed(() => (fetches.value ? (query.data.value?.items ?? []) : request().subjects)),
    next,
    has_previous: computed(() => trail.value.length > 0),
    forward: () => next.value && trail.value.push(next.value),
    back: () => trail.value.pop(),
  };
}
