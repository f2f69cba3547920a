import { expect, it } from 'vitest';
import { address_of, filter_of, is_narrowed, sort_of } from './queue_filter';

it('goes to the address and back', () => {
  const filter = { workflow: 'change', state: 'review', overdue: true, q: '王', post: '7' };
  const query = address_of(filter, 'due');
  expect(query).toEqual({ workflow: 'change', state: 'review', overdue: 'true', q: '王', post: '7', sort: 'due' });
  expect(filter_of(query as Record<string, string>)).toEqual(filter);
});

it('leaves out what is as usual, so that the count of the navigation is shared', () => {
  expect(address_of({ q: '' }, 'since')).toEqual({});
  expect(filter_of({ overdue: 'no', q: '', other: 'x' })).toEqual({});
  expect(is_narrowed(filter_of({}))).toBe(false);
});

it('reads an unknown sort as the usual one', () => {
  expect(sort_of({ sort: 'name' })).toBe('since');
});
