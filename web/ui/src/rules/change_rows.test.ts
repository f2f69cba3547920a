import { describe, expect, it } from 'vitest';
import type { HistoryEntry } from '@/api/types';
import { change_rows, retirement_of } from './change_rows';

const history = [
  { id: '9', changes: [] as HistoryEntry['changes'] },
  {
    id: '7',
    changes: [
      { field: 'name', title: '姓名', old: '张三', new: '张叁' },
      { field: 'sex', title: '性别', old: 'male', new: 'female' },
    ],
  },
  { id: '5', changes: [{ field: 'number.state', title: '学籍号状态', old: 'G1X current', new: 'G1X retired' }] },
] as HistoryEntry[];

describe('the history of a student', () => {
  it('has a row for each change', () => {
    expect(change_rows(history).map(({ key }) => key)).toEqual(['7 name', '7 sex', '5 number.state']);
  });

  it('tells by what a number was retired', () => {
    expect(retirement_of(history, 'G1X')?.id).toBe('5');
    expect(retirement_of(history, 'G2X')).toBeUndefined();
  });
});
