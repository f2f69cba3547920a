import type { LocationQuery } from 'vue-router';
import { describe, expect, it } from 'vitest';
import { forget_words, handle_of, is_forgotten, words_of } from './search_words';

describe('the words of a search', () => {
  it('are found by their handle, which says nothing of them', () => {
    const handle = handle_of('王建国');
    expect(handle).toMatch(/^[0-9a-z]{12,}$/);
    expect(handle_of('王建国')).toBe(handle);
    expect(handle_of('李')).not.toBe(handle);
    expect(words_of({ find: handle })).toBe('王建国');
    expect(is_forgotten({ find: handle })).toBe(false);
  });

  it('are nothing without a handle, or with one of another tab', () => {
    expect(handle_of('')).toBe('');
    const queries: LocationQuery[] = [{}, { find: 'x' }, { find: ['a', 'b'] }, { find: null }];
    for (const query of queries) expect(words_of(query)).toBe('');
    expect(is_forgotten({})).toBe(false);
    expect(is_forgotten({ find: 'x' })).toBe(true);
  });

  it('are forgotten at the end of a session', () => {
    const handle = handle_of('王');
    forget_words();
    expect(words_of({ find: handle })).toBe('');
  });
});
