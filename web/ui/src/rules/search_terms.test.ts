import { describe, expect, it } from 'vitest';
import { search_terms } from './search_terms';

describe('the search box of students', () => {
  it('knows a student number, in small letters and with spaces too', () => {
    expect(search_terms('G110101201507291635')).toEqual({ kind: 'number', number: 'G110101201507291635' });
    expect(search_terms(' g110101 20150706 992x')).toEqual({ kind: 'number', number: 'G11010120150706992X' });
    expect(search_terms('L110101201507064897')).toEqual({ kind: 'number', number: 'L110101201507064897' });
  });

  it('knows an ID number', () => {
    expect(search_terms('11010519491231002x')).toEqual({ kind: 'id_number', id_number: '11010519491231002X' });
  });

  it('asks for the rest of a number', () => {
    expect(search_terms('G1101')).toEqual({ kind: 'incomplete', of: 'number', typed: 5, needed: 19 });
    expect(search_terms('110105')).toEqual({ kind: 'incomplete', of: 'id_number', typed: 6, needed: 18 });
    expect(search_terms('1101051949123100211')).toMatchObject({ kind: 'incomplete', typed: 19 });
  });

  it('takes everything else for the beginning of a name', () => {
    expect(search_terms(' 𠮷野 ')).toEqual({ kind: 'name', name: '𠮷野' });
    expect(search_terms('Gulnar')).toEqual({ kind: 'name', name: 'Gulnar' });
    expect(search_terms('阿依古丽·买')).toEqual({ kind: 'name', name: '阿依古丽·买' });
    expect(search_terms('  ')).toEqual({ kind: 'none' });
  });
});
