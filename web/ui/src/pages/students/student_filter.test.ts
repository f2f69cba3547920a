import { describe, expect, it } from 'vitest';
import { address_of, filter_of, query_of } from './student_filter';

describe('the filter of students', () => {
  it('goes into the address and back', () => {
    const filter = { q: '𠮷', school: '18', status: 'in_school', class: '' } as const;
    expect(address_of(filter)).toEqual({ q: '𠮷', school: '18', status: 'in_school' });
    expect(filter_of(address_of(filter))).toEqual(filter);
    expect(filter_of({ q: ['a', 'b'], status: null })).toEqual({ q: '', school: '', status: '', class: '' });
  });

  it('asks by what the box holds', () => {
    const none = filter_of({});
    expect(query_of(none)).toEqual({});
    expect(query_of({ ...none, q: 'g11010120150706992x', class: '1班' })).toEqual({
      number: 'G11010120150706992X',
      class: '1班',
    });
    expect(query_of({ ...none, q: '11010519491231002x' })).toEqual({ idNumber: '11010519491231002X' });
    expect(query_of({ ...none, q: '欧阳', status: 'suspended' })).toEqual({ name: '欧阳', status: 'suspended' });
    expect(query_of({ ...none, q: '1101' })).toBeNull();
  });
});
