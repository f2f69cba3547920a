import { useQuery, useQueryClient } from '@tanstack/vue-query';
import { computed, ref, shallowRef, watch } from 'vue';
import { all_pages } from '@/api/all_pages';
import { answer, api } from '@/api/client';
import { keys } from '@/api/keys';
import type { Problem, Request } from '@/api/types';
import { use_request_workflow } from '@/parts/request_workflow';
import { changes_since } from '@/rules/changes_since';
import { is_own } from '@/undo/pending_acts';

/**
 * A request with its history and definition. `shown` is the version on the screen: what others do meanwhile is fetched,
 * told by `newer`, and shown when the reader asks for it.
 */
export function use_request(id: string) {
  const queries = useQueryClient();
  const path = { id };
  const query = useQuery({
    queryKey: keys.request(id),
    queryFn: () => answer(api.GET('/api/v1/requests/{id}', { params: { path } })),
  });
  const history = useQuery({
    queryKey: keys.request_history(id),
    queryFn: () =>
      all_pages((cursor) =>
        answer(api.GET('/api/v1/requests/{id}/history', { params: { path, query: { limit: 200, cursor } } })),
      ),
  });
  const latest = computed<Request | undefined>(() => query.data.value);
  const shown = shallowRef<Request>();
  /** While one's own act is under way, its event is no news. */
  const acting = ref(false);
  const told = shallowRef<Problem['changes']>();
  // What is remembered of an earlier look may be old: what is shown first is as it is now.
  watch(
    [latest, query.isFetching],
    ([now, fetching]) => {
      const seen = shown.value;
      // While the machine carries out the end on one student after the other, nobody decides anything.
      const goes_on = seen && (now?.version === seen.version || is_own(seen.pending) || seen.applying);
      if (now && (seen ? goes_on : !fetching)) shown.value = now;
    },
    { immediate: true },
  );

  const workflow = use_request_workflow(shown);

  const newer = computed(() => {
    const [now, seen] = [latest.value, shown.value];
    return now && seen && now.version > seen.version && !acting.value ? now : undefined;
  });
  return {
    query,
    shown,
    newer,
    acting,
    /** As far as the version on the screen. */
    history: computed(() => {
      const entries = history.data.value?.items;
      const version = shown.value?.version ?? 0;
      return newer.value ? entries?.filter((entry) => (entry.version ?? 0) <= version) : entries;
    }),
    history_query: history,
    workflow: computed(() => workflow.data.value),
    /** What others did since the version on the screen. */
    since: computed(() =>
      shown.value ? changes_since(shown.value.version, history.data.value?.items ?? [], told.value) : [],
    ),
    show_newer() {
      if (latest.value) shown.value = latest.value;
      told.value = undefined;
    },
    /** The answer to one's own act. */
    accept(request: Request) {
      shown.value = request;
      queries.setQueryData(keys.request(id), request);
      void queries.invalidateQueries({ queryKey: keys.request_history(id) });
    },
    /** The server said that the version on the screen is no longer so. */
    stale(changes: Problem['changes']) {
      told.value = changes;
      void queries.invalidateQueries({ queryKey: keys.request(id) });
    },
  };
}

export type RequestData = ReturnType<typeof use_request>;
