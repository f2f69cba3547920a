import { describe, expect, it } from 'vitest';
import { duration_told, heat_of } from './waiting';

const day = 86_400;

describe('how long something waits', () => {
  it('has a level that begins at 0, 1, 3, 7 and 14 days', () => {
    expect([0, day - 1, day, 3 * day - 1, 3 * day, 7 * day, 14 * day, 900 * day].map(heat_of)).toEqual([
      0, 0, 1, 1, 2, 3, 4, 4,
    ]);
  });

  it('is told in its largest unit', () => {
    expect(duration_told(2.44 * day, 'en')).toBe('2.4 days');
    expect(duration_told(day, 'en')).toBe('1 day');
    expect(duration_told(5.4 * 3_600, 'en')).toBe('5 hours');
    expect(duration_told(90, 'en')).toBe('2 minutes');
    expect(duration_told(2.5 * day, 'zh')).toBe('2.5天');
    expect(duration_told(5 * 3_600, 'zh')).toBe('5小时');
  });
});
