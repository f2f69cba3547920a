import { expect, test } from 'vitest';
import { ApiProblem } from '@/api/problem';
import { field_errors } from './field_errors';

const problem = new ApiProblem('validation', 422, {
  errors: [
    { pointer: '/username', message: 'taken' },
    { pointer: '/posts/0/until', message: 'too late' },
  ],
});

test('a fault stands at its field', () => {
  expect(field_errors(problem).at('/username')).toBe('taken');
  expect(field_errors(problem).at('/name')).toBe('');
});

test('a fault that no field shows is not lost', () => {
  expect(field_errors(problem).elsewhere(['/username'])).toEqual(['too late']);
});

test('no problem, no fault', () => expect(field_errors(null).elsewhere([])).toEqual([]));
