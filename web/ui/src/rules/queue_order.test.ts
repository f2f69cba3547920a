import { expect, it } from 'vitest';
import { next_in_order } from './queue_order';

it('is what followed and is still there', () => {
  expect(next_in_order(['1', '2', '3', '4'], '2', ['1', '3', '4'])).toBe('3');
  expect(next_in_order(['1', '2', '3', '4'], '2', ['1', '4'])).toBe('4');
});

it('is what moved up from the next page when the last one is decided', () => {
  expect(next_in_order(['1', '2'], '2', ['1', '9'])).toBe('9');
});

it('is what stood before when nothing follows', () => {
  expect(next_in_order(['1', '2', '3'], '3', ['1', '2'])).toBe('2');
});

it('is the first where the order is unknown, and none in an empty list', () => {
  expect(next_in_order([], '3', ['1', '2'])).toBe('1');
  expect(next_in_order(['3'], '3', [])).toBeUndefined();
});
