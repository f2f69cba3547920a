import { describe, expect, it } from 'vitest';
import type { Office, Workflow } from '@/api/types';
import {
  days_in_all,
  discard_action,
  has_checks,
  next_step,
  planned_path,
  submit_action,
  with_holders,
} from './planned_path';

const office = {
  id: '18',
  name: '第一小学',
  level: 'school',
  supervisor: '3',
  stages: [],
  system: '6-3',
} satisfies Office;
const action = (key: string, state: string, to: string) => ({ key, title: key, state, to, comment: 'none' as const });
const workflow = {
  path: ['draft', 'review', 'completed'],
  states: [
    { key: 'draft', title: '填报', kind: 'draft' },
    { key: 'findings', title: '核查疑点处理', kind: 'approval', workingDays: 10 },
    { key: 'review', title: '审核', kind: 'approval', workingDays: 5, holder: { office, role: 'head' } },
    { key: 'completed', title: '办结', kind: 'end' },
  ],
  actions: [
    action('approve', 'review', 'completed'),
    action('discard', 'draft', 'completed'),
    action('submit', 'draft', 'review'),
  ],
} as unknown as Workflow;

describe('the planned way', () => {
  it('is the main way, with who decides and how long it may take', () => {
    const steps = planned_path(workflow);
    expect(steps.map(({ key }) => key)).toEqual(['draft', 'review', 'completed']);
    expect(steps[1]).toMatchObject({ holder: { office, role: 'head' }, workingDays: 5 });
    expect(next_step(workflow)?.key).toBe('review');
    expect(days_in_all(steps)).toBe(5);
    expect(has_checks(steps)).toBe(false);
    expect(has_checks([{ ...steps[0]!, kind: 'check' }])).toBe(true);
  });

  it('names whom the request itself names', () => {
    const other = { ...office, id: '21', name: '第二小学' };
    const step = { key: 'review', title: '审核', kind: 'approval', position: 'ahead' } as const;
    const told = with_holders(workflow, [{ ...step, holder: { office: other, role: 'head' } }]);
    expect(next_step(told)?.holder).toEqual({ office: other, role: 'head' });
    expect(next_step(with_holders(workflow, [{ ...step, holder: null }]))?.holder).toEqual({ office, role: 'head' });
  });

  it('begins and may end with an act on the draft', () => {
    expect(submit_action(workflow)?.key).toBe('submit');
    expect(discard_action(workflow)?.key).toBe('discard');
  });
});
