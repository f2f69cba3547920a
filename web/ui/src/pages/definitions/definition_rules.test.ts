import { expect, test } from 'vitest';
import type { Definition } from './definition_queries';
import {
  businesses_of,
  destination_of,
  lock_word,
  main_path,
  media_type_name,
  megabytes,
  standing_of,
  standing_word,
} from './definition_rules';

const definition = (key: string, version: number, current: boolean, variant = '') =>
  ({ key, variant, version, current }) as Definition;

test('versions stand under their business, the newest first', () => {
  const found = businesses_of([definition('a', 1, false), definition('b', 1, true), definition('a', 2, true)]);
  expect(found.map((business) => business.key)).toEqual(['a', 'b']);
  expect(found[0]!.versions.map((each) => each.version)).toEqual([2, 1]);
  expect(found[0]!.current.version).toBe(2);
});

test('a variant of a business stands beside it with versions of its own', () => {
  const found = businesses_of([definition('a', 2, true), definition('a', 1, true, 'south'), definition('a', 1, false)]);
  expect(found.map(({ key, variant }) => [key, variant])).toEqual([
    ['a', ''],
    ['a', 'south'],
  ]);
  expect(found.map((business) => business.versions.length)).toEqual([2, 1]);
});

const states = [
  { key: 'draft', title: 'Draft', kind: 'draft' },
  { key: 'review', title: 'Review', kind: 'approval' },
  { key: 'completed', title: 'Completed', kind: 'end' },
] as Definition['states'];

test('ended requests are not open', () => {
  const counts = [
    { state: 'draft', count: 2, overdue: 0 },
    { state: 'review', count: 5, overdue: 3 },
    { state: 'completed', count: 40, overdue: 0 },
  ];
  expect(standing_of({ states, counts })).toEqual({ open: 7, overdue: 3, ended: 40 });
});

test('only the newest version is current, or says that the business is retired', () => {
  expect(standing_word({ current: true, retired: false })).toBe('current');
  expect(standing_word({ current: true, retired: true })).toBe('retired');
  expect(standing_word({ current: false, retired: true })).toBe('old');
});

test('a lock is told by a message of its own', () => {
  expect(lock_word({ lock: 'none' })).toBe('definitions.lock_none');
  expect(lock_word({ lock: 'from submission' })).toBe('definitions.lock_from_submission');
});

test('the main path has the states in its own order', () => {
  const steps = main_path({ states, path: ['draft', 'completed'] });
  expect(steps.map((step) => step.title)).toEqual(['Draft', 'Completed']);
});

test('an action leads to a state, or wherever the officer chooses', () => {
  expect(destination_of({ states }, 'review')).toBe('Review');
  expect(destination_of({ states }, 'earlier')).toBeNull();
});

test('sizes and media types as people say them', () => {
  expect(megabytes(10 * 1024 * 1024)).toBe('10');
  expect(megabytes(1.5 * 1024 * 1024)).toBe('1.5');
  expect(media_type_name('application/pdf')).toBe('PDF');
});
