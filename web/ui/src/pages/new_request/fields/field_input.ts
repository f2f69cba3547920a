// What every input of a form is given, whatever its type.
import type { Field, Subject } from '@/api/types';
import type { FormStudent } from '@/rules/form_student';

export interface FieldInputProps {
  /** Of the element that a label is for. */
  inputId: string;
  field: Field;
  /** Null where the form is about several. */
  student: FormStudent | null;
  /** The two records of a pair; else none. */
  subjects?: Subject[];
  wrong: boolean;
  /** Ids of what explains the input. */
  describedBy?: string;
  /** Of rows what is wrong in one, by its place and the key of its field: `0/note`; or by its place alone. */
  cells?: Record<string, string>;
  /** Of rows whether what is empty and must not be is marked. */
  strict?: boolean;
}
