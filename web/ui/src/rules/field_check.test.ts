import { describe, expect, it } from 'vitest';
import { field_fault, field_hints } from './field_check';
import { field, names, student } from './form_fixtures';

const name = field({ type: 'person_name', changes: 'name' });
const id_number = field({ type: 'id_number', changes: 'id_number' });
const keys = (hints: { key: string }[]) => hints.map(({ key }) => key);

describe('faults while typing', () => {
  it('of a number half typed are no faults yet', () => {
    expect(field_fault(id_number, '110105')).toMatchObject({
      key: 'fault.id_length',
      passing: true,
      values: { typed: 6 },
    });
    expect(field_fault(id_number, '110105194912310021X')).toMatchObject({ key: 'fault.id_length', passing: false });
    expect(field_fault(id_number, '110105194912310020')).toMatchObject({ key: 'fault.id_check_character' });
    expect(field_fault(id_number, '110105 19491231 002x')).toBeNull();
  });

  it('of a name name the character', () => {
    expect(field_fault(name, '张3', names)).toMatchObject({
      key: 'fault.name_character',
      values: { character: 'U+0033' },
    });
    expect(field_fault(name, '张三 ', names)).toMatchObject({ key: 'fault.name_space_at_edge', passing: true });
  });

  it('are none where nothing is filled in, unless it must be', () => {
    expect(field_fault(name, '', names)).toBeNull();
    expect(field_fault(field({ type: 'text', required: true }), '')).toMatchObject({
      key: 'fault.empty',
      passing: true,
    });
  });

  it('of texts and dates', () => {
    expect(field_fault(field({ type: 'text', max: 3 }), '𠮷𠮷𠮷')).toBeNull();
    expect(field_fault(field({ type: 'text', max: 3 }), '一二三四')).toMatchObject({ values: { max: 3, count: 4 } });
    expect(field_fault(field({ type: 'date' }), '2026-02-30')).toEqual({ key: 'fault.date', passing: true });
    expect(field_fault(field({ type: 'student_number' }), 'G110105194912310020')).toMatchObject({
      key: 'fault.number_check_character',
    });
  });
});

describe('hints', () => {
  it('offer the proper dot for what looks like it', () => {
    expect(field_hints(name, '阿依•古丽', student, names)).toEqual([
      { key: 'hint.name_mended', tone: 'warning', mended: '阿依·古丽', values: { mended: '阿依·古丽' } },
    ]);
  });

  it('tell what follows from an ID number, and what differs from the record', () => {
    expect(keys(field_hints(id_number, '11010519491231002X', student))).toEqual([
      'hint.id_female',
      'hint.id_other_birth_date',
      'hint.id_other_sex_female',
    ]);
    const same = { ...student, birthDate: '1949-12-31', sex: 'female' as const };
    expect(keys(field_hints(id_number, '11010519491231002x', same))).toEqual(['hint.id_female']);
    expect(field_hints(id_number, '11010519491231002', student)).toEqual([
      { key: 'hint.id_typed', tone: 'info', values: { needed: 18, typed: 17 }, passing: true },
    ]);
    expect(field_hints(id_number, '110105194912310020', student)).toEqual([]);
  });

  it('tell that nothing would change', () => {
    expect(keys(field_hints(name, '张三', student, names))).toEqual(['hint.unchanged']);
    expect(keys(field_hints(id_number, '440524188001010014', student))).toContain('hint.unchanged');
    expect(field_hints(field({ type: 'text' }), '张三', student)).toEqual([]);
  });
});
