import { describe, expect, it } from 'vitest';
import type { HistoryEntry } from '@/api/types';
import { change_rows, retirement_of, shown_value } from './change_rows';

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
const t = (key: string) => `<${key}>`;

describe('the history of a student', () => {
  it('has a row for each change', () => {
    expect(change_rows(history).map(({ key }) => key)).toEqual(['7 name', '7 sex', '5 number.state']);
  });

  it('tells by what a number was retired', () => {
    expect(retirement_of(history, 'G1X')?.id).toBe('5');
    expect(retirement_of(history, 'G2X')).toBeUndefined();
  });

  it('is told in words', () => {
    expect(shown_value('name', 'male', t)).toBe('male');
    expect(shown_value('sex', 'male', t)).toBe('<sex.male>');
    expect(shown_value('status', 'in_school', t)).toBe('<status.in_school>');
    expect(shown_value('grade', '7', t)).toBe('<grade.7>');
    expect(shown_value('grade', '幼儿园', t)).toBe('幼儿园');
    expect(shown_value('number.state', 'G1X retired', t)).toBe('G1X <number_state.retired>');
    expect(shown_value('sex', '', t)).toBe('');
  });
});
