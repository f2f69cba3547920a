import { describe, expect, it } from 'vitest';
import { passed_states, travelled_arrows } from './way';

const arrows = [
  { from: 'draft', to: 'review', event: 'submit' },
  { from: 'review', to: 'done', event: 'approve' },
  { from: 'review', to: 'draft', event: 'return' },
  { from: 'check', to: 'done', event: 'clear' },
  { from: 'county', to: 'join', event: 'approve' },
  { from: 'county', to: 'stop', event: 'decline' },
  { from: 'both', to: 'wait', event: 'joined' },
];

describe('the way that a request has gone', () => {
  it('is told by its acts, each arrow once', () => {
    const history = [
      { action: 'submit', from: 'draft', to: 'review' },
      { action: 'return', from: 'review', to: 'draft' },
      { action: 'submit', from: 'draft', to: 'review' },
    ];
    expect([...travelled_arrows(arrows, history)]).toEqual([0, 2]);
    expect([...passed_states(history)]).toEqual(['draft', 'review']);
  });

  it('knows the answer of checks by where it led', () => {
    expect([...travelled_arrows(arrows, [{ action: 'checks', from: 'check', to: 'done' }])]).toEqual([3]);
  });

  it('follows a branch to its join, and on from there', () => {
    expect([...travelled_arrows(arrows, [{ action: 'approve', from: 'county', to: 'join' }])]).toEqual([4]);
    expect([...travelled_arrows(arrows, [{ action: 'approve', from: 'county', to: 'wait' }])]).toEqual([4, 6]);
  });

  it('leaves out what changes no state, and arrows that the picture lacks', () => {
    const history = [
      { action: 'open', from: null, to: 'draft' },
      { action: 'comment', from: 'review', to: 'review' },
      { action: 'migrate', from: 'review', to: 'check' },
    ];
    expect(travelled_arrows(arrows, history).size).toBe(0);
  });
});
