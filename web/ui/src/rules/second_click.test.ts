import { expect, it } from 'vitest';
import { is_second_click } from './second_click';

const first = { x: 100, y: 200, at: 5_000, by_key: false };

it('knows the second half of a slow double click by its place', () => {
  expect(is_second_click(first, { ...first, at: 5_600 })).toBe(true);
  expect(is_second_click(first, { ...first, x: 120, at: 5_600 })).toBe(true);
});

it('leaves a click elsewhere alone, and one that comes later', () => {
  expect(is_second_click(first, { ...first, y: 260, at: 5_100 })).toBe(false);
  expect(is_second_click(first, { ...first, at: 6_200 })).toBe(false);
});

it('knows a key that is pressed twice, wherever the focus is by then', () => {
  const key = { ...first, by_key: true };
  expect(is_second_click(key, { x: 0, y: 0, at: 5_600, by_key: true })).toBe(true);
  expect(is_second_click(key, { ...first, at: 5_600 })).toBe(false);
});
