import { describe, expect, it } from 'vitest';
import type { Action, State, Workflow } from '@/api/types';
import { action_views } from './action_kinds';

const action = (key: string, more: Partial<Action> = {}): Action => ({
  key,
  title: key,
  allowed: true,
  comment: 'optional',
  ...more,
});
const end = (key: string, outcome: State['outcome']): State => ({ key, title: key, kind: 'end', outcome });
const way = (key: string, to: string): Workflow['actions'][number] => ({
  key,
  title: key,
  state: 'last',
  to,
  comment: 'optional',
});
const workflow = {
  states: [
    { key: 'last', title: 'last', kind: 'approval' },
    { key: 'province', title: 'province', kind: 'approval' },
    end('done', 'completed'),
    end('refused', 'rejected'),
    end('gone', 'withdrawn'),
  ],
  actions: [way('approve', 'done'), way('lift', 'province'), way('deny', 'refused'), way('undo', 'gone')],
} as Workflow;

describe('action_views', () => {
  it('orders by what the actions do, whatever they are called', () => {
    const given = [
      action('reassign'),
      action('comment'),
      action('undo'),
      action('deny'),
      action('send_back', { to: ['draft'] }),
      action('lift'),
    ];
    const views = action_views(given, 'last', workflow);
    expect(views.map((view) => view.action.key)).toEqual(['lift', 'send_back', 'deny', 'undo', 'comment', 'reassign']);
    expect(views.map((view) => view.look)).toEqual(['primary', 'plain', 'danger', 'plain', 'quiet', 'quiet']);
  });

  it('asks once more before what ends it, not before a step onward', () => {
    const asks = Object.fromEntries(
      action_views([action('approve'), action('lift'), action('deny')], 'last', workflow).map((view) => [
        view.action.key,
        view.asks,
      ]),
    );
    expect(asks).toEqual({ approve: true, lift: false, deny: true });
  });

  it('does without a definition', () => {
    const given = [action('reject'), action('withdraw'), action('return', { to: ['draft'] }), action('approve')];
    const views = action_views(given, 'last', undefined);
    expect(views.map((view) => view.kind)).toEqual(['forward', 'back', 'refuse', 'take_back']);
  });
});
