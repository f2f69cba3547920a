// Which input a type of field has. No business is known here, only types.
import type { Component } from 'vue';
import type { Field } from '@/api/types';
import ChoiceInput from './ChoiceInput.vue';
import DateInput from './DateInput.vue';
import LineInput from './LineInput.vue';
import OfficeInput from './OfficeInput.vue';
import RowsInput from './rows/RowsInput.vue';
import SchoolInput from './SchoolInput.vue';
import StudentNumberInput from './StudentNumberInput.vue';
import SubjectInput from './SubjectInput.vue';
import TextInput from './TextInput.vue';

export const input_of: Record<Field['type'], Component> = {
  person_name: LineInput,
  id_number: LineInput,
  student_number: StudentNumberInput,
  text: TextInput,
  date: DateInput,
  choice: ChoiceInput,
  grade: ChoiceInput,
  status: ChoiceInput,
  office: OfficeInput,
  school: SchoolInput,
  subject: SubjectInput,
  rows: RowsInput,
};

/** Types with one element that a label can be for; the others are groups and lists that name themselves. */
export const has_labelled_element = (type: Field['type']): boolean =>
  ['person_name', 'id_number', 'text', 'date'].includes(type);
