import { describe, expect, it } from 'vitest';
import type { HistoryEntry } from '@/api/types';
import { change_rows, keyed_value, number_and_state, retirement_of } from './change_rows';

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

  it('is told in words where a value is a key', () => {
    expect(keyed_value('name', 'male')).toBeNull();
    expect(keyed_value('sex', 'male')).toBe('sex.male');
    expect(keyed_value('status', 'in_school')).toBe('status.in_school');
    expect(keyed_value('grade', '7')).toBe('grade.7');
    expect(keyed_value('grade', '13')).toBeNull();
    expect(keyed_value('sex', '')).toBeNull();
    expect(number_and_state('number.state', 'G1X retired')).toEqual({ number: 'G1X', state: 'retired' });
    expect(number_and_state('name', 'G1X retired')).toBeNull();
  });
});
