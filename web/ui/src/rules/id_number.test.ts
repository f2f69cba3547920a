import { describe, expect, it } from 'vitest';
import { birth_date_of, check_character, id_number_fault, sex_of, tidy_id_number } from './id_number';

describe('ID numbers', () => {
  it('end with their check character', () => {
    expect(check_character('11010519491231002')).toBe('X');
    expect(check_character('44052418800101001')).toBe('4');
  });

  it('are sound as the standard has them', () => {
    expect(id_number_fault('11010519491231002X')).toBeNull();
    expect(id_number_fault('440524188001010014')).toBeNull();
  });

  it('say what is wrong, the first thing first', () => {
    expect(id_number_fault('')).toBe('length');
    expect(id_number_fault('11010519491231002')).toBe('length');
    expect(id_number_fault('11010519491231002XX')).toBe('length');
    expect(id_number_fault('1101051949123100XX')).toBe('characters');
    expect(id_number_fault('11010519491231002x')).toBe('characters');
    expect(id_number_fault('１１０１０５１９４９１２３１００２X')).toBe('characters');
    expect(id_number_fault('110105194902300025')).toBe('birth_date');
    expect(id_number_fault('110105194913310021')).toBe('birth_date');
    expect(id_number_fault('110105000001010021')).toBe('birth_date');
    expect(id_number_fault('110105187912310021')).toBe('birth_date');
    expect(id_number_fault('110105194912310020')).toBe('check_character');
    expect(id_number_fault('11010519491231001X')).toBe('check_character');
  });

  it('are not of people yet to be born', () => {
    const tomorrow = `11010520261125002`;
    const number = tomorrow + check_character(tomorrow);
    expect(id_number_fault(number, '2026-11-24')).toBe('future');
    expect(id_number_fault(number, '2026-11-25')).toBeNull();
  });

  it('are tidied of spaces and of a small x', () => {
    expect(tidy_id_number(' 110105 19491231 002x\n')).toBe('11010519491231002X');
    expect(tidy_id_number('１１０１０５１９４９１２３１００２ｘ')).toBe('11010519491231002X');
    expect(tidy_id_number('\u200b11010519491231002Ⅹ')).toBe('11010519491231002X');
    expect(tidy_id_number('ｇ11010519491231002x')).toBe('G11010519491231002X');
  });

  it('tell the birth date and the sex', () => {
    expect(birth_date_of('11010519491231002X')).toBe('1949-12-31');
    expect(birth_date_of('110105194902300025')).toBeNull();
    expect(sex_of('11010519491231002X')).toBe('female');
    expect(sex_of('440524188001010014')).toBe('male');
  });
});
