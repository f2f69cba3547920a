// What is filled in for each student of a draft: all of them, what is typed, and what the server said of it.
import { useQueryClient } from '@tanstack/vue-query';
import { computed, ref, shallowRef, type ComputedRef, type Ref } from 'vue';
import { all_pages } from '@/api/all_pages';
import { answer, api } from '@/api/client';
import { keys } from '@/api/keys';
import { as_problem, type ApiProblem } from '@/api/problem';
import type { Field, Subject } from '@/api/types';
import { place_errors } from '@/rules/form_errors';
import type { FormValues } from '@/rules/form_values';
import { sent_for_each, still_empty, typed_then, value_for, type TypedForEach } from '@/rules/each_values';

export interface EachForm {
  fields: readonly Field[];
  /** Nothing until they are fetched. */
  subjects: Ref<readonly Subject[] | null>;
  failure: Ref<ApiProblem | null>;
  load(): Promise<void>;
  value(subject: Subject, key: string): string;
  put(subject: Subject, key: string, value: string): void;
  empty(key: string): Subject[];
  fill_empty(key: string, value: string): void;
  /** What is to be saved. */
  content(): { ordinal: number; fields: FormValues }[];
  saved(): void;
  /** Of the students that were sent last, by their ordinals. */
  refusals: Ref<Readonly<Record<number, string>>>;
  refused(problem: ApiProblem): void;
  /** The first of them, whenever the server refuses some; another object each time. */
  first_refused: Ref<{ ordinal: number } | null>;
  /** Throws away what is typed and fetches what is saved. */
  start_again(): Promise<void>;
  unsaved: ComputedRef<boolean>;
}

export function use_each_form(id: string, fields: readonly Field[]): EachForm {
  const queries = useQueryClient();
  const subjects = shallowRef<readonly Subject[] | null>(null);
  const failure = shallowRef<ApiProblem | null>(null);
  const typed = shallowRef<TypedForEach>({});
  const refusals = ref<Record<number, string>>({});
  const first_refused = shallowRef<{ ordinal: number } | null>(null);
  const content = () => sent_for_each(subjects.value ?? [], typed.value, fields);

  async function load() {
    failure.value = null;
    try {
      const all = await queries.fetchQuery({
        queryKey: keys.subjects(id, { whole: true, each: true }),
        queryFn: () =>
          all_pages((cursor) =>
            answer(
              api.GET('/api/v1/requests/{id}/subjects', { params: { path: { id }, query: { limit: 200, cursor } } }),
            ),
          ),
        staleTime: 0,
      });
      subjects.value = all.items;
    } catch (error) {
      failure.value = as_problem(error);
    }
  }

  const put = (subject: Subject, key: string, value: string) => {
    typed.value = typed_then(subject, typed.value, key, value);
    const others = Object.entries(refusals.value).filter(([ordinal]) => Number(ordinal) !== subject.ordinal);
    refusals.value = Object.fromEntries(others);
  };

  return {
    fields,
    subjects,
    failure,
    load,
    value: (subject, key) => value_for(subject, typed.value, key),
    put,
    empty: (key) => still_empty(subjects.value ?? [], typed.value, key),
    fill_empty(key, value) {
      const filled = still_empty(subjects.value ?? [], typed.value, key).map(({ ordinal }) => [
        ordinal,
        { ...typed.value[ordinal], [key]: value },
      ]);
      typed.value = { ...typed.value, ...Object.fromEntries(filled) };
    },
    content,
    saved() {
      const now = new Map(content().map((each) => [each.ordinal, each.fields]));
      subjects.value = (subjects.value ?? []).map((each) => ({
        ...each,
        fields: now.get(each.ordinal) ?? each.fields,
      }));
      typed.value = {};
      refusals.value = {};
    },
    refusals,
    first_refused,
    refused(problem) {
      const { students } = place_errors(problem.problem.errors ?? []);
      const sent = content();
      refusals.value = Object.fromEntries(
        Object.entries(students).map(([place, words]) => [sent[Number(place)]?.ordinal ?? 0, words]),
      );
      const ordinals = Object.keys(refusals.value).map(Number);
      if (ordinals.length) first_refused.value = { ordinal: Math.min(...ordinals) };
    },
    async start_again() {
      typed.value = {};
      refusals.value = {};
      await load();
    },
    unsaved: computed(() => Object.keys(typed.value).length > 0),
  };
}
