import { useQuery } from '@tanstack/vue-query';
import { computed, type MaybeRefOrGetter, toValue } from 'vue';
import { useI18n } from 'vue-i18n';
import { answer, api } from '@/api/client';
import { keys } from '@/api/keys';

/** A version of a definition never changes, and neither does its picture. */
function use_picture(sha256: MaybeRefOrGetter<string>, fetch: () => Promise<string>) {
  const { locale } = useI18n();
  return useQuery({
    queryKey: computed(() => keys.diagram(toValue(sha256), locale.value)),
    queryFn: fetch,
    staleTime: Infinity,
  });
}

export const use_request_diagram = (sha256: MaybeRefOrGetter<string>, id: string) =>
  use_picture(sha256, () =>
    answer(api.GET('/api/v1/requests/{id}/diagram', { params: { path: { id } }, parseAs: 'text' })),
  );

export const use_definition_diagram = (
  definition: MaybeRefOrGetter<{ sha256: string; key: string; variant: string; version: number }>,
) =>
  use_picture(
    () => toValue(definition).sha256,
    () => {
      const { key, variant, version } = toValue(definition);
      const params = { path: { key, version: String(version) }, query: { variant } };
      return answer(api.GET('/api/v1/definitions/{key}/{version}/diagram', { params, parseAs: 'text' }));
    },
  );
