// Whom a request is about, where one line says it: a name, or the first of several and how many they are.
import type { Request, Task } from '@/api/types';

export interface Whom {
  name: string;
  count: number;
  /** Two records of one name. */
  pair: boolean;
}

/** Of several the first who is not ruled out by the machine. */
export const whom_of_request = ({
  student,
  subjects,
  subjectCount,
  workflow,
}: Pick<Request, 'student' | 'subjects' | 'subjectCount'> & {
  workflow: Pick<Request['workflow'], 'subject'>;
}): Whom => ({
  name: (student ?? (subjects.find(({ setAside }) => setAside?.by !== 'system') ?? subjects[0])?.student)?.name ?? '',
  count: subjectCount,
  pair: workflow.subject === 'pair',
});

/** Of what is told of a request in a list of tasks. */
export const whom_of_task = ({
  student,
  subjectCount,
  workflow,
}: {
  student: { name: string };
  subjectCount: number;
  workflow: Pick<Task['workflow'], 'subject'>;
}): Whom => ({ name: student.name, count: subjectCount, pair: workflow.subject === 'pair' });

/** The message that names several. */
export const whom_key = ({ pair }: Pick<Whom, 'pair'>): string => (pair ? 'whom.pair' : 'whom.several');

type Translate = (key: string, values: Record<string, unknown>) => string;

/** For titles and labels, which are plain text. */
export const whom_words = (whom: Whom, t: Translate): string =>
  whom.count > 1 ? t(whom_key(whom), { name: whom.name, count: whom.count }) : whom.name;
