import { describe, expect, it } from 'vitest';
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
