// Whom a request is about, where one line says it: a name, or the first of several and how many they are.
import type { Request } from '@/api/types';

export interface Whom {
  name: string;
  count: number;
}

/** Of several the first who is not ruled out by the machine. */
export const whom_of_request = ({
  student,
  subjects,
  subjectCount,
}: Pick<Request, 'student' | 'subjects' | 'subjectCount'>): Whom => ({
  name: (student ?? (subjects.find(({ setAside }) => setAside?.by !== 'system') ?? subjects[0])?.student)?.name ?? '',
  count: subjectCount,
});

/** Of what is told of a request in a list of tasks. */
export const whom_of_task = ({ student, subjectCount }: { student: { name: string }; subjectCount: number }): Whom => ({
  name: student.name,
  count: subjectCount,
});

type Translate = (key: string, values: Record<string, unknown>) => string;

/** For titles and labels, which are plain text. */
export const whom_words = ({ name, count }: Whom, t: Translate): string =>
  count > 1 ? t('whom.several', { name, count }) : name;
