// The students whom somebody has chosen in the list, for one request about all of them. They stand in no address and in
// no storage: whose names they are is nobody else's business. Gone with the tab, and when another person signs in.
import { computed, shallowReactive, type ComputedRef } from 'vue';
import type { Student } from '@/api/types';

export type ChosenStudent = Pick<Student, 'id' | 'name' | 'grade' | 'class' | 'status' | 'numbers'>;

const chosen = shallowReactive(new Map<string, ChosenStudent>());

/** In the order in which they were chosen. */
export const chosen_students: ComputedRef<ChosenStudent[]> = computed(() => [...chosen.values()]);
export const is_chosen = (id: string): boolean => chosen.has(id);

/** Chooses them or not; of more than `max` in all those that are too many are left out. True where none was. */
export function choose(students: readonly ChosenStudent[], wanted: boolean, max: number): boolean {
  for (const student of students) {
    if (!wanted) chosen.delete(student.id);
    else if (chosen.size < max) chosen.set(student.id, student);
  }
  return !wanted || students.every(({ id }) => chosen.has(id));
}

export const forget_chosen = (): void => chosen.clear();
