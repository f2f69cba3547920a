// The two records of a pair side by side: a row for each thing that they say.
import type { SentValues } from './form_values';
import type { Student, StudentNumber, Subject } from '@/api/types';
import { is_elsewhere } from './form_student';

export interface PairCell {
  /** A text, a name, one number, or the numbers of the record. */
  text?: string;
  id_number?: string | null;
  numbers?: StudentNumber[];
}

export interface PairRow {
  /** A message of the namespace `pair`. */
  key: string;
  cells: PairCell[];
  /** Null where one of the two is not told, so that nobody can say. */
  differs: boolean | null;
}

type Translate = (key: string) => string;

const numbers_in_order = ({ numbers }: Student): StudentNumber[] => {
  const order = { current: 0, former: 1, retired: 2 };
  return [...numbers].sort((a, b) => order[a.state] - order[b.state] || b.since.localeCompare(a.since));
};

/** What is compared by its text; of a record of another school it may be untold. */
const compared = (texts: (string | null | undefined)[]): boolean | null =>
  texts.some((text) => text === undefined) ? null : new Set(texts.map((text) => text ?? '')).size > 1;

export function pair_rows(
  subjects: readonly Pick<Subject, 'student'>[],
  t: Translate,
  class_words: (student: Student) => string,
): PairRow[] {
  const students = subjects.flatMap(({ student }) => (student ? [student] : []));
  const masked = students.some((student) => is_elsewhere(student));
  const row = (key: string, text: (student: Student) => string | undefined): PairRow => {
    const texts = students.map(text);
    return { key, cells: texts.map((each) => ({ text: each })), differs: compared(texts) };
  };
  return [
    row('name', ({ name }) => name),
    row('sex', ({ sex }) => t(`sex.${sex}`)),
    row('birth_date', ({ birthDate }) => birthDate ?? undefined),
    {
      key: 'id_number',
      cells: students.map(({ idNumber }) => ({ id_number: idNumber })),
      // Masked, two numbers may look alike and not be; that one is missing is seen in any case.
      differs: masked && students.every(({ idNumber }) => idNumber) ? null : compared(students.map((s) => s.idNumber)),
    },
    {
      key: 'numbers',
      cells: students.map((student) => ({ numbers: numbers_in_order(student) })),
      differs: true,
    },
    row('status', ({ status }) => t(`status.${status}`)),
    row('school', ({ school }) => school.name),
    {
      ...row('class', class_words),
      differs: masked ? null : compared(students.map(class_words)),
    },
  ];
}

/** The ordinal of the record that goes on, by what is filled in; null where nobody has chosen one. */
export function chosen_of_pair(
  fields: Readonly<SentValues>,
  workflow: { fields: readonly { key: string; type: string }[] } | undefined,
): number | null {
  const field = workflow?.fields.find(({ type }) => type === 'subject');
  const chosen = Number(field && fields[field.key]);
  return chosen > 0 ? chosen : null;
}
