import { describe, expect, it } from 'vitest';
import { is_no_day, typed_day } from './day_typed';

describe('a day that is typed', () => {
  it('is read in its usual forms', () => {
    for (const text of [
      '2015-09-01',
      '2015-9-1',
      '2015/9/1',
      '2015.09.01',
      '2015年9月1日',
      '2015 年 9 月 1 日',
      '2015年9月1',
      '20150901',
      '２０１５－０９－０１',
      ' 2015-09-01 ',
    ])
      expect(typed_day(text), text).toBe('2015-09-01');
  });

  it('is never guessed from a half, nor moved on from a day that there is not', () => {
    for (const text of [
      '2015年1月',
      '2015-1',
      '2015',
      '201501',
      '2015-02-30',
      '2015-13-01',
      '20150230',
      '15-9-1',
      '明天',
    ])
      expect([typed_day(text), is_no_day(typed_day(text))], text).toEqual([text, true]);
  });

  it('is missing where nothing is typed', () => {
    expect(typed_day('  ')).toBe('');
    expect([is_no_day(''), is_no_day(null), is_no_day('2015-09-01')]).toEqual([false, false, false]);
  });
});
