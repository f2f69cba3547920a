import { useQuery } from '@tanstack/vue-query';
import { computed } from 'vue';
import { answer, api } from '@/api/client';
import { keys } from '@/api/keys';
import { name_characters } from '@/rules/name_characters';

/** The characters of names, fetched once; until they are there the server alone judges names. */
export function use_name_characters() {
  const query = useQuery({
    queryKey: keys.name_characters,
    queryFn: () => answer(api.GET('/api/v1/name-characters')),
    staleTime: Infinity,
  });
  return computed(() => query.data.value && name_characters(query.data.value));
}
