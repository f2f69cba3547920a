import { describe, expect, it } from 'vitest';
import { first_request_filter } from '@/frame/counts';
import { address_of, export_address, filter_of, query_of } from './request_filter';

describe('the filter of requests', () => {
  it('begins with what the navigation counts', () => {
    expect(query_of(filter_of({}, true))).toEqual(first_request_filter);
    expect(query_of(filter_of({}, false))).toEqual({ open: true });
  });

  it('goes into the address and back, without what is so at first', () => {
    const filter = {
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
    expect(query_of(filter)).toEqual({ mine: true, open: false, outcome: 'completed' });
    expect(export_address(filter, 'csv')).toBe('/api/v1/exports/requests.csv?mine=true&open=false&outcome=completed');
  });
});
