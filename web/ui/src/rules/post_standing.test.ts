import { expect, test } from 'vitest';
import { roles_at, standing_of } from './post_standing';

const now = Date.parse('2026-11-24T00:00:00Z');

test('a post without a term is in force', () => expect(standing_of({}, now)).toBe('in_force'));

test('a term is half-open', () => {
  expect(standing_of({ from: '2026-11-24T00:00:00Z' }, now)).toBe('in_force');
  expect(standing_of({ from: '2026-11-24T00:00:01Z' }, now)).toBe('not_yet');
  expect(standing_of({ until: '2026-11-24T00:00:00Z' }, now)).toBe('over');
  expect(standing_of({ until: '2026-11-24T00:00:01Z' }, now)).toBe('in_force');
});

test('schools file and confirm, authorities review and approve', () => {
  expect(roles_at('school')).toEqual(['registrar', 'head', 'admin']);
  expect(roles_at('county')).toEqual(['reviewer', 'approver', 'admin']);
});
