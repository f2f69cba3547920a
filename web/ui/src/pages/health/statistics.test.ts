import { expect, test } from 'vitest';
import type { Statistic } from './health_queries';
import { by_business, duration_parts, size_told } from './statistics';

const row = (workflow: string, state: string, ended: boolean, count: number, overdue = 0): Statistic => ({
  workflow: { key: workflow, title: workflow },
  state: { key: state, title: state },
  ended,
  count,
  overdue,
});

test('counts stand under their business, open states first', () => {
  const found = by_business([
    row('a', 'completed', true, 6),
    row('a', 'draft', false, 7),
    row('a', 'review', false, 8, 2),
    row('b', 'draft', false, 1),
  ]);
  expect(found.map((business) => business.key)).toEqual(['a', 'b']);
  expect(found[0]!.rows.map((each) => each.state.key)).toEqual(['draft', 'review', 'completed']);
  expect(found[0]).toMatchObject({ open: 15, overdue: 2, ended: 6 });
});

test('states stand in the order of their definition', () => {
  const rows = [row('a', 'approval', false, 1), row('a', 'draft', false, 2), row('a', 'review', false, 3)];
  const [business] = by_business(rows, ['draft', 'review', 'approval']);
  expect(business!.rows.map((each) => each.state.key)).toEqual(['draft', 'review', 'approval']);
});

test('a duration in its parts', () => {
  expect(duration_parts(59)).toEqual({ days: 0, hours: 0, minutes: 0 });
  expect(duration_parts(90_061)).toEqual({ days: 1, hours: 1, minutes: 1 });
});

test('sizes in the unit that fits', () => {
  expect(size_told(0)).toBe('0 B');
  expect(size_told(1_023)).toBe('1023 B');
  expect(size_told(1_536)).toBe('1.5 KB');
  expect(size_told(250 * 1024 * 1024)).toBe('250 MB');
});
