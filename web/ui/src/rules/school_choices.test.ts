import { describe, expect, it } from 'vitest';
import { school_choices } from './school_choices';

const first = { id: '21', name: '第一中学', code: '3411000021', authority: '东城区教育局' };
const second = { id: '22', name: '第一中学', code: '3411000022', authority: '西城区教育局' };

describe('the schools of a form', () => {
  it('are told apart by authority and code', () => {
    expect(school_choices([first, second], '', undefined)).toEqual([
      { id: '21', label: '第一中学', detail: '东城区教育局 · 3411000021' },
      { id: '22', label: '第一中学', detail: '西城区教育局 · 3411000022' },
    ]);
    expect(school_choices([{ ...first, authority: null }], '', undefined)[0]?.detail).toBe('3411000021');
  });

  it('have the chosen one among them, once', () => {
    expect(school_choices([second], '21', first).map(({ id }) => id)).toEqual(['21', '22']);
    expect(school_choices([first, second], '21', first).map(({ id }) => id)).toEqual(['21', '22']);
  });

  it('leave out what was chosen before', () => {
    expect(school_choices([second], '22', first).map(({ id }) => id)).toEqual(['22']);
    expect(school_choices([], '', first)).toEqual([]);
  });
});
