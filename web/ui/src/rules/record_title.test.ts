import { describe, expect, it } from 'vitest';
import type { Request } from '@/api/types';
import { record_title } from './record_title';

const shown = (kind: Request['state']['kind'], partEnded?: Request['partEnded']) =>
  record_title({ state: { kind } as Request['state'], partEnded });

describe('the record that a request shows', () => {
  it('is that of today while it is open, and what its end left once it has ended', () => {
    expect(shown('approval')).toBe('request.record');
    expect(shown('end')).toBe('request.record_at_end');
  });

  it('is as it stood when the part of the reader ended', () => {
    expect(shown('draft', { at: '2026-11-30T10:00:00Z' })).toBe('request.record_then');
  });
});
