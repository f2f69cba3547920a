import { describe, expect, it } from 'vitest';
import type { HistoryEntry } from '@/api/types';
import { last_return } from './last_return';

const entry = (id: string, action: string, from: string | null, to: string | null, comment = '') =>
  ({ id, action, from, to, comment }) as HistoryEntry;
const opened = [entry('1', 'open', null, 'draft'), entry('2', 'submit', 'draft', 'review')];

describe('why a request came back', () => {
  it('is what was said when it last did', () => {
    const history = [...opened, entry('3', 'return', 'review', 'draft', '缺页'), entry('4', 'edit', 'draft', 'draft')];
    expect(last_return(history, 'draft')?.comment).toBe('缺页');
    expect(last_return([...history].reverse(), 'draft')?.comment).toBe('缺页');
  });

  it('is nothing for what never left, or has gone on', () => {
    expect(last_return(opened.slice(0, 1), 'draft')).toBeUndefined();
    expect(last_return(opened, 'draft')).toBeUndefined();
  });
});
