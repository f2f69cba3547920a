// Whom a form is about, and what of a record another school is not told.
import type { Student } from '@/api/types';

type Told = 'name' | 'school' | 'status';

/** A student whole, or no more than another school is told of one. */
export type FormStudent = Pick<Student, Told> & Partial<Omit<Student, Told>>;

/** In a request the class is missing where the record is another school's; its numbers are masked, and its page is not the reader's. */
export const is_elsewhere = (student: Pick<FormStudent, 'class'>): boolean => (student.class ?? null) === null;
