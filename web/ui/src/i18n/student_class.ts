import type { Student } from '@/api/types';

/** `六年级 3班`; a grade outside of the twelve stands as it is, and what another school is not told is left out. */
export function student_class(student: Partial<Pick<Student, 'grade' | 'class'>>, t: (key: string) => string): string {
  const { grade = '' } = student;
  return [/^([1-9]|1[0-2])$/.test(grade) ? t(`grade.${grade}`) : grade, student.class].filter(Boolean).join(' ');
}
