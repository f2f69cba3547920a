import { describe, expect, it } from 'vitest';
import { address_of, filter_of, search_of } from './student_filter';

describe('the filter of students', () => {
  it('goes into the address and back, without its words', () => {
    const filter = { q: '𠮷', school: '18', status: 'in_school', class: '', until: '2026-11-30' } as const;
    const address = address_of(filter);
    expect(address).toMatchObject({ school: '18', status: 'in_school' });
    expect(JSON.stringify(address)).not.toContain('𠮷');
    expect(filter_of(address)).toEqual(filter);
    expect(filter_of({ find: ['a', 'b'], status: null })).toEqual({
      q: '',
      school: '',
      status: '',
      class: '',
      until: '',
    });
  });

  it('asks for what is set', () => {
    const none = filter_of({});
    expect(search_of(none)).toEqual({});
    expect(search_of({ ...none, q: '002x', class: '1班' })).toEqual({ q: '002x', class: '1班' });
    expect(search_of({ ...none, q: 'ouyang', status: 'suspended' })).toEqual({ q: 'ouyang', status: 'suspended' });
    expect(search_of({ ...none, until: '2026-11-30' })).toEqual({ statusUntilBefore: '2026-11-30' });
  });
});
