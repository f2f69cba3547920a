import type { Student } from '@/api/types';

/** `六年级 3班`; a grade outside of the twelve stands as it is. */
export function student_class(student: Pick<Student, 'grade' | 'class'>, t: (key: string) => string): string {
  const grade = /^([1-9]|1[0-2])$/.test(student.grade) ? t(`grade.${student.grade}`) : student.grade;
  return [grade, student.class].filter((part) => part !== '').join(' ');
}
