import { describe, expect, it } from 'vitest';
import { folded_history } from './folded_history';

const act = (action: string) => ({ action });
const applied = (name: string) => ({ action: 'applied', subject: { id: name, name } });
const shape = (history: Parameters<typeof folded_history>[0]) =>
  folded_history(history).map(({ entry, each }) => [entry.action, each?.map(({ subject }) => subject?.name)]);

describe('the history of a request about several', () => {
  it('says in one line what was written into one record after the other', () => {
    expect(shape([act('approve'), applied('1'), applied('2'), applied('3'), act('comment')])).toEqual([
      ['approve', undefined],
      ['applied', ['1', '2', '3']],
      ['comment', undefined],
    ]);
  });

  it('keeps apart what was written into the two of a pair', () => {
    const merged = (ordinal: number) => ({
      action: 'applied',
      subject: { id: String(ordinal), name: '张三', ordinal },
    });
    expect(shape([merged(1), merged(2)])).toEqual([
      ['applied', undefined],
      ['applied', undefined],
    ]);
  });

  it('leaves a single one, and what is about nobody in particular, as it is', () => {
    expect(shape([applied('1'), act('approve'), act('applied')])).toEqual([
      ['applied', undefined],
      ['approve', undefined],
      ['applied', undefined],
    ]);
  });
});
