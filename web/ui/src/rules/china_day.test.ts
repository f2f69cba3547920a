import { describe, expect, it } from 'vitest';
import { china_day, is_day } from './china_day';

describe('days', () => {
  it('begin in China', () => {
    expect(china_day(new Date('2026-11-23T16:00:00Z'))).toBe('2026-11-24');
    expect(china_day(new Date('2026-11-23T15:59:59Z'))).toBe('2026-11-23');
  });

  it('are days of the calendar', () => {
    for (const text of ['2024-02-29', '2000-02-29', '0000-01-01', '1880-01-01', '2026-12-31'])
      expect(is_day(text), text).toBe(true);
    for (const text of [
      '2023-02-29',
      '1900-02-29',
      '2026-13-01',
      '2026-00-10',
      '2026-04-31',
      '2026-4-3',
      '2026-01-00',
      '',
    ])
      expect(is_day(text), text).toBe(false);
  });
});
