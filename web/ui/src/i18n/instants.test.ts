import { describe, expect, it } from 'vitest';
import { instant_formats } from './instants';

const zh = instant_formats('zh', '刚刚');
const en = instant_formats('en', 'just now');
const now = Date.parse('2026-11-24T01:00:00Z');

describe('instants', () => {
  it('are shown in the time of China, whatever the PC says', () => {
    expect(zh.instant('2026-11-23T16:05:59.123456Z')).toBe('2026-11-24 00:05');
    expect(en.date('2026-11-23T16:00:00Z')).toBe('2026-11-24');
  });

  it('leave a date as it is', () => {
    expect(zh.date('2015-09-01')).toBe('2015-09-01');
  });

  it('say how long ago in words', () => {
    expect(zh.ago('2026-11-24T00:59:40Z', now)).toBe('刚刚');
    expect(zh.ago('2026-11-23T22:00:00Z', now)).toBe('3小时前');
    expect(en.ago('2026-11-21T01:00:00Z', now)).toBe('3 days ago');
    expect(en.ago('2026-11-25T03:00:00Z', now)).toBe('tomorrow');
  });
});
