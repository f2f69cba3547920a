import { expect, it } from 'vitest';
import { id_consequence } from './id_consequence';

const student = { birthDate: '1949-12-31', sex: 'male' as const };

it('compares with the record', () => {
  expect(id_consequence('11010519491231002x', student)).toEqual({
    birth_date: '1949-12-31',
    sex: 'female',
    birth_date_agrees: true,
    sex_agrees: false,
  });
});

it('says nothing of an unsound number', () => {
  expect(id_consequence('110105194912310021', student)).toBeNull();
});
