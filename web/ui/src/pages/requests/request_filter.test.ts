import { describe, expect, it } from 'vitest';
import { first_request_filter } from '@/frame/counts';
import { address_of, export_of, filter_of, search_of } from './request_filter';

describe('the filter of requests', () => {
  it('begins with what the navigation counts', () => {
    expect(search_of(filter_of({}, true))).toEqual(first_request_filter);
    expect(search_of(filter_of({}, false))).toEqual({ open: true });
  });

  it('goes into the address and back, without what is so at first', () => {
    const filter = {
      q: '',
      scope: 'all',
      show: 'ended',
      workflow: 'key-information-change',
      state: '',
      outcome: 'rejected',
    } as const;
    expect(address_of(filter_of({}, true), true)).toEqual({});
    expect(address_of(filter, true)).toEqual({
      scope: 'all',
      show: 'ended',
      workflow: 'key-information-change',
      outcome: 'rejected',
    });
    expect(filter_of(address_of(filter, true), true)).toEqual(filter);
    expect(address_of({ ...filter, scope: 'all' }, false)).not.toHaveProperty('scope');
    expect(filter_of({ scope: 'x', show: ['a'], outcome: 'x' }, true)).toEqual(filter_of({}, true));
  });

  it('drops a state without its business, and an outcome of what is open', () => {
    const filter = { ...filter_of({}, true), state: 'head_review', outcome: 'rejected' } as const;
    expect(address_of(filter, true)).toEqual({});
  });

  it('asks for the same as a file', () => {
    const filter = { ...filter_of({}, true), show: 'ended', outcome: 'completed' } as const;
    expect(search_of(filter)).toEqual({ mine: true, open: false, outcome: 'completed' });
    expect(export_of(filter)).toEqual({ query: 'mine=true&open=false&outcome=completed' });
    expect(export_of({ ...filter, q: '王' })).toEqual({
      query: '',
      search: { q: '王', mine: true, open: false, outcome: 'completed' },
    });
    expect(JSON.stringify(address_of({ ...filter, q: '王' }, true))).not.toContain('王');
    expect(filter_of(address_of({ ...filter, q: '王' }, true), true).q).toBe('王');
  });
});
