// The pupil of another school who was found last, and by what. It stands in this tab's memory alone, in no address and no
// storage of the browser, and only while one of the pages about the pupil is open.
import { computed, onUnmounted, reactive, ref, shallowRef } from 'vue';
import { onBeforeRouteLeave } from 'vue-router';
import { answer, api } from '@/api/client';
import { as_problem, type ApiProblem } from '@/api/problem';
import type { FoundStudent } from '@/api/types';
import { same_sought, tidy_sought, type Sought } from '@/rules/sought_student';

const nothing: Sought = { number: '', name: '', birthDate: '' };
const sought = reactive<Sought>({ ...nothing });
const found = shallowRef<FoundStudent | null>(null);
/** What `found` was found by. */
const found_by = shallowRef<Sought>(nothing);
const pages = ['other-school', 'other-school-request'];

function forget(): void {
  Object.assign(sought, nothing);
  found.value = null;
  found_by.value = nothing;
}

/** For the pages about the pupil: forgets when somebody goes on to any other. */
export function use_found_student() {
  let next = '';
  onBeforeRouteLeave((to) => {
    next = String(to.name);
  });
  onUnmounted(() => {
    if (!pages.includes(next)) forget();
  });

  const busy = ref(false);
  const problem = shallowRef<ApiProblem | null>(null);

  /** Whether what stands in the form is what the pupil was found by. */
  const still_sought = computed(() => same_sought(found_by.value, sought));

  /** Puts back what the pupil was found by. */
  const seek_as_before = () => void Object.assign(sought, found_by.value);

  /** Asks the server anew; whoever was found before stays where nobody is, or where something else was typed meanwhile. */
  async function find(): Promise<FoundStudent | null> {
    const asked = tidy_sought(sought);
    busy.value = true;
    problem.value = null;
    try {
      const student = await answer(api.POST('/api/v1/students/find', { body: asked }));
      if (!same_sought(asked, sought)) return null;
      found_by.value = asked;
      return (found.value = student);
    } catch (error) {
      problem.value = as_problem(error);
      return null;
    } finally {
      busy.value = false;
    }
  }
  return { sought, found, still_sought, seek_as_before, busy, problem, find };
}
