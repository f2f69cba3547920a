import { expect, it } from 'vitest';
import { round_decisions } from './round_decisions';

const entry = (from: string | null, to: string, by = 'somebody') => ({ from, to, by });
const states = (history: ReturnType<typeof entry>[]) => round_decisions(history).map((each) => each.from);
const filed = [entry(null, 'draft'), entry('draft', 'head')];

it('leaves out filing, notes and the machine', () => {
  const history = [...filed, entry('head', 'head'), entry('head', 'county'), entry('check', 'findings', 'system')];
  expect(states(history)).toEqual(['head']);
});

it('begins anew after a return to the draft', () => {
  expect(states([...filed, entry('head', 'county'), entry('county', 'draft'), entry('draft', 'head')])).toEqual([]);
});

it('keeps what was decided before the state that it returned to', () => {
  const history = [...filed, entry('head', 'county'), entry('county', 'approval'), entry('approval', 'county')];
  expect(states(history)).toEqual(['head']);
});
