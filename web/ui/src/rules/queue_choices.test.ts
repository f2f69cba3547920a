import { expect, it } from 'vitest';
import type { Role, Workflow } from '@/api/types';
import { queue_choices, states_to_choose } from './queue_choices';

const state = (key: string, role: Role): Workflow['states'][number] => ({
  key,
  title: key.toUpperCase(),
  kind: 'approval',
  holder: { office: null, role },
});
const definition = {
  key: 'change',
  title: 'Change',
  states: [state('review', 'reviewer'), state('approval', 'approver')],
};
const escalated = {
  workflow: { key: 'deletion', title: 'Deletion', subject: 'student' as const },
  state: { key: 'review', title: 'Head', kind: 'approval' as const },
};

it('offers what one decides and what was escalated', () => {
  const choices = queue_choices([definition], [escalated], new Set<Role>(['reviewer']));
  expect(choices.workflows.map(({ key }) => key)).toEqual(['change', 'deletion']);
  expect(states_to_choose(choices, undefined)).toEqual([{ key: 'review', title: 'REVIEW / Head' }]);
  expect(states_to_choose(choices, 'change')).toEqual([{ key: 'review', title: 'REVIEW' }]);
});
