import { expect, test } from 'vitest';
import { days_later, end_of_day, last_day, start_of_day, today_in_china } from './china_days';

test('a day begins and ends at midnight in China', () => {
  expect(start_of_day('2026-12-31')).toBe('2026-12-30T16:00:00Z');
  expect(end_of_day('2026-12-31')).toBe('2026-12-31T16:00:00Z');
});

test('a term is told by its last whole day', () => {
  expect(last_day(end_of_day('2026-02-28'))).toBe('2026-02-28');
  expect(last_day('2026-12-31T16:00:00.000000Z')).toBe('2026-12-31');
  expect(last_day('2026-12-31T08:30:00Z')).toBeNull();
});

test('today is the day in China', () => {
  expect(today_in_china(Date.parse('2026-11-24T15:59:59Z'))).toBe('2026-11-24');
  expect(today_in_china(Date.parse('2026-11-24T16:00:00Z'))).toBe('2026-11-25');
});

test('days are counted over the ends of months and years', () => {
  expect(days_later('2026-12-31', 1)).toBe('2027-01-01');
  expect(days_later('2027-03-01', -1)).toBe('2027-02-28');
});
