// A student and the fields of a form, for tests of the rules.
import { name_characters } from './name_characters';
import type { Field, Student } from '@/api/types';

export const student: Student = {
  id: '1',
  name: '张三',
  idNumber: '440524188001010014',
  sex: 'male',
  birthDate: '1880-01-01',
  status: 'in_school',
  statusUntil: null,
  grade: '5',
  stage: 'primary',
  graduating: false,
  class: '2班',
  school: { id: '18', name: '第一小学' },
  numbers: [],
  openRequest: null,
  mergedInto: null,
  wrongData: null,
  version: 1,
};

export const field = (given: Partial<Field> & Pick<Field, 'type'>): Field => ({
  key: given.type,
  title: given.type,
  required: false,
  ...given,
});

/** A few of the server's characters. */
export const names = name_characters({
  unicode: '17.0.0',
  charactersMax: 50,
  letters: [
    [0x41, 0x5a],
    [0x61, 0x7a],
    [0xc0, 0xd6],
    [0xd8, 0xf6],
    [0xf8, 0x2c1],
    [0x300, 0x374],
    [0xf40, 0xf6c],
    [0xf71, 0xf84],
    [0xf90, 0xfbc],
    [0x1e00, 0x1f15],
    [0x3007, 0x3007],
    [0x3400, 0x4dbf],
    [0x4e00, 0x9fff],
    [0xf900, 0xfa6d],
    [0xff66, 0xff9d],
    [0x20000, 0x2a6df],
    [0x2b740, 0x2b81d],
    [0x2ebf0, 0x2ee5d],
  ],
  between: [0x20, 0x3000, 0x2d, 0x27, 0x2019, 0xf0b],
  dots: [0xb7, 0x2022, 0xff0e],
  lookAlikes: [
    [0x2e, 0xb7],
    [0x2022, 0xb7],
    [0x2f00, 0x4e00],
    [0xfa1e, 0x7fbd],
    [0xff0e, 0xb7],
    [0xff8a, 0x30cf],
  ],
});
