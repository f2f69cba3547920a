// What can be chosen where the definition names no choices of its own.
import type { Field } from '@/api/types';
import { statuses } from '@/rules/student_statuses';

const grades = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12'];

export interface FieldChoice {
  key: string;
  title: string;
}

export const has_choices = (field: Field): boolean => ['choice', 'grade', 'status'].includes(field.type);

export function choices_of(field: Field, t: (key: string) => string): FieldChoice[] {
  if (field.type === 'grade') return grades.map((key) => ({ key, title: t(`grade.${key}`) }));
  if (field.type === 'status') return statuses.map((key) => ({ key, title: t(`status.${key}`) }));
  return field.choices ?? [];
}
