// A student and the fields of a form, for tests of the rules.
import type { Field, Student } from '@/api/types';

export const student: Student = {
  id: '1',
  name: '张三',
  idNumber: '440524188001010014',
  sex: 'male',
  birthDate: '1880-01-01',
  status: 'in_school',
  grade: '5',
  class: '2班',
  school: { id: '18', name: '第一小学' },
  numbers: [],
  openRequest: null,
  version: 1,
};

export const field = (given: Partial<Field> & Pick<Field, 'type'>): Field => ({
  key: given.type,
  title: given.type,
  required: false,
  ...given,
});
