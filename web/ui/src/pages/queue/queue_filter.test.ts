import { expect, it } from 'vitest';
import { address_of, cursor_of, export_of, filter_of, is_narrowed, sort_of } from './queue_filter';

it('goes to the address and back', () => {
  const filter = { workflow: 'change', state: 'review', overdue: true, q: '王', post: '7' };
  const query = address_of(filter, 'due');
  expect(query).toMatchObject({ workflow: 'change', state: 'review', overdue: 'true', post: '7', sort: 'due' });
  expect(JSON.stringify(query)).not.toContain('王');
  expect(filter_of(query as Record<string, string>)).toEqual(filter);
});

it('leaves out what is as usual, so that the count of the navigation is shared', () => {
  expect(address_of({ q: '' }, 'since')).toEqual({});
  expect(filter_of({ overdue: 'no', find: 'x', other: 'x' })).toEqual({});
  expect(is_narrowed(filter_of({}))).toBe(false);
});

it('reads an unknown sort as the usual one', () => {
  expect(sort_of({ sort: 'name' })).toBe('since');
});

it('keeps a page of the list only with the words that found it', () => {
  const { find } = address_of({ q: '李' }, 'since');
  expect(cursor_of({ cursor: 'c', find: String(find) })).toBe('c');
  expect(cursor_of({ cursor: 'c', find: 'forgotten' })).toBeUndefined();
  expect(cursor_of({ cursor: 'c' })).toBe('c');
});

it('asks for the same as a file', () => {
  expect(export_of({ overdue: true }, 'due')).toEqual({ query: 'overdue=true&sort=due' });
  expect(export_of({ q: '王', state: 'review' }, 'due')).toEqual({
    query: '',
    search: { q: '王', state: 'review', sort: 'due' },
  });
});
