import { expect, it } from 'vitest';
import { registry_value } from './registry_value';

it('finds the words for keys', () => {
  expect(registry_value('sex', 'female')).toEqual({ word: 'sex.female' });
  expect(registry_value('status', 'in_school')).toEqual({ word: 'status.in_school' });
  expect(registry_value('grade', '7')).toEqual({ word: 'grade.7' });
  expect(registry_value('number.state', 'G510107201505234656 retired')).toEqual({
    number: 'G510107201505234656',
    word: 'number_state.retired',
  });
});

it('leaves texts alone', () => {
  expect(registry_value('name', 'retired')).toBeUndefined();
  expect(registry_value('number.state', 'else')).toBeUndefined();
  expect(registry_value('sex', '')).toBeUndefined();
  expect(registry_value('grade', '13')).toBeUndefined();
  expect(registry_value(undefined, 'male')).toBeUndefined();
});
