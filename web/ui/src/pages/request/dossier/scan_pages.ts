import { useQueries } from '@tanstack/vue-query';
import { computed, type Ref } from 'vue';
import { keys } from '@/api/keys';
import type { Evidence } from '@/api/types';
import { evidence_address } from '@/parts/evidence/evidence_items';
import { count_pages } from '@/parts/evidence/page_picture';

/** How many pages scans have: only PDFs are asked about, by their small first page, which is on the screen anyway. */
export function use_scan_pages(evidence: Ref<Evidence[]>) {
  const documents = computed(() => [
    ...new Set(evidence.value.filter((each) => each.mediaType === 'application/pdf').map((each) => each.sha256)),
  ]);
  const queries = useQueries({
    queries: computed(() =>
      documents.value.map((sha256) => ({
        queryKey: keys.scan_pages(sha256),
        queryFn: ({ signal }: { signal: AbortSignal }) => count_pages(evidence_address(sha256), signal),
        staleTime: Infinity,
      })),
    ),
  });
  return {
    /** One until it is known, and where it can't be. */
    pages_of: (sha256: string): number => queries.value[documents.value.indexOf(sha256)]?.data ?? 1,
    known: computed(() => queries.value.every((query) => !query.isLoading)),
  };
}
