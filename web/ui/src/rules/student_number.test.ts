import { describe, expect, it } from 'vitest';
import { tidy_id_number } from './id_number';
import { student_number_fault } from './student_number';

describe('student numbers', () => {
  it('are sound as G, L and J', () => {
    expect(student_number_fault('G11010519491231002X')).toBeNull();
    expect(student_number_fault('J11010519491231002X')).toBeNull();
    expect(student_number_fault('L210103201509011234')).toBeNull();
  });

  it('say what is wrong', () => {
    expect(student_number_fault('A11010519491231002X')).toBe('shape');
    expect(student_number_fault('11010519491231002X')).toBe('shape');
    expect(student_number_fault('G1101051949123100X')).toBe('shape');
    expect(student_number_fault('G110105194902300025')).toBe('birth_date');
    expect(student_number_fault('G110105194912310020')).toBe('check_character');
  });

  it('are tidied', () => {
    expect(tidy_id_number(' g110105 19491231 002x ')).toBe('G11010519491231002X');
  });
});
