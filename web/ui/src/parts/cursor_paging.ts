// Paging by cursor, with the cursor in the address: the page can be reloaded, sent to a colleague, and gone back from.
import { computed, type ComputedRef } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { is_forgotten } from '@/rules/search_words';

export interface CursorPaging {
  /** For the query; undefined on the first page. */
  cursor: ComputedRef<string | undefined>;
  has_previous: ComputedRef<boolean>;
  forward(next: string): void;
  back(): void;
}

/** Uses `cursor` of the address. A page that changes a filter leaves it out of the new address. */
export function use_cursor_paging(): CursorPaging {
  const route = useRoute();
  const router = useRouter();
  const cursor = computed(() =>
    typeof route.query.cursor === 'string' && !is_forgotten(route.query) ? route.query.cursor : undefined,
  );
  const trail = computed<string[]>(() => {
    void route.fullPath;
    const kept: unknown = history.state?.cursors;
    return Array.isArray(kept) ? (kept as string[]) : [];
  });
  const go = (next: string | undefined, cursors: string[]) =>
    void router.push({ query: { ...route.query, cursor: next }, state: { cursors } });
  return {
    cursor,
    has_previous: computed(() => cursor.value !== undefined),
    forward: (next) => go(next, [...trail.value, cursor.value ?? '']),
    back: () => go(trail.value.at(-1) || undefined, trail.value.slice(0, -1)),
  };
}
