import { describe, expect, it } from 'vitest';
import { missing_of, number_hint, same_sought, tidy_sought } from './sought_student';

const sought = { number: '11010519491231002X', name: '张三', birthDate: '1949-12-31' };

describe('a pupil of another school', () => {
  it('is asked for by a tidy number and a name without spaces around it', () => {
    expect(tidy_sought({ ...sought, number: ' 110105 19491231002x ', name: ' 张三　' })).toEqual(sought);
  });

  it('is another one as soon as number, name or birth date is another', () => {
    expect(same_sought(sought, { ...sought, number: ' 110105 19491231002x ', name: ' 张三　' })).toBe(true);
    expect(same_sought(sought, { ...sought, number: '110105194912310038' })).toBe(false);
    expect(same_sought(sought, { ...sought, name: '张四' })).toBe(false);
    expect(same_sought(sought, { ...sought, birthDate: '1949-12-30' })).toBe(false);
    expect(same_sought(sought, { ...sought, birthDate: '' })).toBe(false);
  });

  it('is not asked for before all three are there', () => {
    expect([...missing_of(sought)]).toEqual([]);
    expect([...missing_of({ number: '  ', name: '　', birthDate: '' })]).toEqual(['number', 'name', 'birthDate']);
    expect([...missing_of({ ...sought, birthDate: '1949-02-30' })]).toEqual(['birthDate']);
  });

  it('is asked for by an unsound number, too, with a hint', () => {
    expect(number_hint(sought.number)).toBeNull();
    expect(number_hint(`G${sought.number}`)).toBeNull();
    expect(number_hint('110105194912310021')).toMatchObject({ key: 'fault.id_check_character' });
    expect(number_hint('1101051949')).toMatchObject({ key: 'fault.id_length', values: { needed: 18, typed: 10 } });
    expect(number_hint('G110105194912310021')).toEqual({ key: 'fault.number_check_character' });
    expect(number_hint('')).toBeNull();
    expect(number_hint('E12345678')).toBeNull();
  });
});
