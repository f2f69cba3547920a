import { describe, expect, it } from 'vitest';
import { field_fault } from './field_check';
import { field, student } from './form_fixtures';
import { known_values, present_value, sent_fields } from './form_values';

const fields = [
  field({ key: 'new_name', type: 'person_name', changes: 'name' }),
  field({ key: 'new_id_number', type: 'id_number', changes: 'student.id_number' }),
  field({ key: 'reason', type: 'text', required: true }),
];

describe('the values of a form', () => {
  it('are sent tidied, and not where they are empty', () => {
    expect(sent_fields(fields, { new_name: '', new_id_number: '110105 19491231002x', reason: ' 更正 ' })).toEqual({
      new_id_number: '11010519491231002X',
      reason: ' 更正 ',
    });
  });

  it('send a name exactly as typed', () => {
    expect(sent_fields(fields, { new_name: '𠮷•\ufa1e' })).toEqual({ new_name: '𠮷•\ufa1e' });
  });

  it('leave out what the form does not know', () => {
    expect(known_values(fields, { reason: '更正', ground: 'other' })).toEqual({
      new_name: '',
      new_id_number: '',
      reason: '更正',
    });
  });

  it('stand beside what the record says today', () => {
    expect(fields.map((each) => present_value(each, student))).toEqual(['张三', '440524188001010014', null]);
    expect(present_value(fields[1]!, { ...student, idNumber: null })).toBe('');
    expect(present_value(field({ type: 'school', changes: 'student.school' }), student)).toBe('18');
  });

  it('stand alone where another school keeps what the record says', () => {
    const new_class = field({ type: 'text', changes: 'student.class' });
    const { name, school, status } = student;
    expect(present_value(new_class, student)).toBe('2班');
    expect(present_value(new_class, { ...student, class: null })).toBeNull();
    expect(present_value(new_class, { name, school, status })).toBeNull();
    expect(present_value(fields[1]!, { name, school, status })).toBeNull();
  });
});

describe('the rows of a form', () => {
  const findings = field({
    key: 'findings',
    type: 'rows',
    rows: [field({ key: 'kind', type: 'text', required: true }), field({ key: 'number', type: 'id_number' })],
  });

  it('are sent as a list, tidied, without what nobody filled in at the end', () => {
    const values = known_values([findings], { findings: [{ kind: 'a', number: '110105 19491231002x' }, {}] });
    expect(sent_fields([findings], values)).toEqual({ findings: [{ kind: 'a', number: '11010519491231002X' }] });
    expect(sent_fields([findings], known_values([findings], {}))).toEqual({});
  });

  it('take no single value, and a field of one value takes no rows', () => {
    expect(known_values([findings, fields[2]!], { findings: 'x', reason: [{ kind: 'a' }] })).toEqual({
      findings: '',
      reason: '',
    });
  });

  it('have the faults of their fields', () => {
    const fault = (rows: Record<string, string>[]) => field_fault(findings, JSON.stringify(rows))?.key ?? null;
    expect(fault([{ kind: 'a' }])).toBeNull();
    expect(fault([{ kind: 'a' }, { kind: '' }])).toBeNull();
    expect(fault([{ number: '1' }])).toBe('fault.row');
    expect(fault([{ number: '11010519491231002X' }])).toBe('fault.empty');
    expect(field_fault({ ...findings, required: true }, '')?.key).toBe('fault.empty');
  });
});
