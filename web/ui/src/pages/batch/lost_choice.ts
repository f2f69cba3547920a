// Whether students were chosen before the page was loaded anew. Their number is kept with the tab; their names are not
// (rules/chosen_students.ts).
import { readonly, ref, watch } from 'vue';
import { chosen_students } from '@/rules/chosen_students';

const key = 'chosen_count';
const lost = ref(Number(sessionStorage.getItem(key) ?? 0));

/** How many are lost; 0 once any are chosen, or the loss is accepted. */
export const lost_count = readonly(lost);

export function accept_loss(): void {
  lost.value = 0;
  sessionStorage.setItem(key, '0');
}

watch(chosen_students, ({ length }) => {
  accept_loss();
  sessionStorage.setItem(key, String(length));
});
