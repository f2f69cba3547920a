import { describe, expect, it } from 'vitest';
import type { Request } from '@/api/types';
import { tokens_of } from './tokens';

const holder = (role: string, state?: string) => ({ role, state }) as unknown as Request['holders'][number];
const review = { key: 'review', title: 'Review', kind: 'approval' as const };

describe('where a request stands', () => {
  it('is one state with its holders, of which the machine is none', () => {
    const [token, ...more] = tokens_of({ state: review, holders: [holder('head'), holder('system')] });
    expect(more).toEqual([]);
    expect(token).toEqual({ state: review, holders: [holder('head')] });
  });

  it('is a state for each branch under way, with the holders there', () => {
    const tokens = tokens_of({
      state: { key: 'both', title: 'Both', kind: 'parallel' },
      holders: [holder('reviewer', 'county'), holder('head', 'school')],
      branches: [
        { key: 'a', title: 'A', state: { key: 'county', title: 'County', kind: 'approval' }, since: '', ended: null },
        { key: 'b', title: 'B', state: null, since: '', ended: 'join' },
      ],
    } as unknown as Request);
    expect(tokens).toEqual([
      {
        state: { key: 'county', title: 'County', kind: 'approval' },
        branch: 'A',
        holders: [holder('reviewer', 'county')],
      },
    ]);
  });
});
