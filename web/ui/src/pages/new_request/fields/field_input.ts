// What every input of a form is given, whatever its type.
import type { Field, Student } from '@/api/types';

export interface FieldInputProps {
  /** Of the element that a label is for. */
  inputId: string;
  field: Field;
  student: Student;
  wrong: boolean;
  /** Ids of what explains the input. */
  describedBy?: string;
}
