import { expect, test } from 'vitest';
import type { Office } from '@/api/types';
import { empty_post, new_post } from './post_draft';

const office = {
  id: '7',
  name: '第一小学',
  level: 'school',
  supervisor: '3',
  stages: [],
  system: '6-3',
} satisfies Office;

test('days become a half-open term', () => {
  expect(new_post({ office, role: 'head', from: '2026-09-01', until: '2027-07-31' })).toEqual({
    office: '7',
    role: 'head',
    from: '2026-08-31T16:00:00Z',
    until: '2027-07-31T16:00:00Z',
  });
});

test('a post without days has no term', () => {
  expect(new_post({ ...empty_post(office), role: 'registrar' })).toEqual({ office: '7', role: 'registrar' });
});

test('what is no day is never no term', () => {
  expect(new_post({ office, role: 'head', from: '2026年9月', until: '2027-02-30' })).toEqual({
    office: '7',
    role: 'head',
    from: '2026年9月',
    until: '2027-02-30',
  });
});
