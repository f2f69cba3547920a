import { describe, expect, it } from 'vitest';
import { change_pieces } from './change_pieces';

const marked = (old_text: string, new_text: string, side: 'old' | 'new') =>
  change_pieces(old_text, new_text, side)
    .map((piece) => (piece.gap ? ' ' : '') + (piece.changed ? `[${piece.text}]` : piece.text))
    .join('');

describe('change_pieces', () => {
  it('marks the characters of a name that differ', () => {
    expect(marked('王明', '王洋', 'old')).toBe('王[明]');
    expect(marked('王明', '王洋', 'new')).toBe('王[洋]');
    expect(marked('欧阳𤧚', '欧阳涛', 'old')).toBe('欧阳[𤧚]');
  });

  it('groups numbers and compares them place by place', () => {
    expect(marked('110101201210271270', '110101201210272775', 'old')).toBe('110101 20121027 [12]7[0]');
    expect(marked('110101201210271270', '110101201210272775', 'new')).toBe('110101 20121027 [27]7[5]');
  });

  it('groups student numbers after their letter', () => {
    expect(marked('G110101201210271270', '', 'old')).toBe('G 110101 20121027 1270');
  });

  it('marks nothing where the other side is empty', () => {
    expect(marked('', '王明', 'new')).toBe('王明');
    expect(marked('', '王明', 'old')).toBe('');
  });
});
