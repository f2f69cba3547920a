import { expect, it } from 'vitest';
import type { HistoryEntry } from '@/api/types';
import { changes_since } from './changes_since';

const entry = (version: number, action: string, to = 'b') =>
  ({ id: String(version), version, action, from: 'a', to, by: 'li', at: '2026-11-24T00:00:00Z' }) as HistoryEntry;
const actions = (...given: Parameters<typeof changes_since>) => changes_since(...given).map((deed) => deed.action);

it('is what came after the version on the screen', () => {
  expect(actions(2, [entry(1, 'open'), entry(2, 'submit'), entry(3, 'approve')])).toEqual(['approve']);
});

it('believes the stale answer until the history has come in', () => {
  const told = [{ ...entry(3, 'return'), actionTitle: '退回', fromTitle: 'A', toTitle: 'B' }];
  expect(actions(2, [entry(2, 'submit')], told)).toEqual(['return']);
  expect(actions(2, [entry(3, 'approve')], told)).toEqual(['approve']);
});

it('leaves out notes beside a move', () => {
  expect(actions(2, [entry(3, 'edit', 'a'), entry(4, 'approve')])).toEqual(['approve']);
  expect(actions(2, [entry(3, 'edit', 'a')])).toEqual(['edit']);
});
