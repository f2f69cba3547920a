import { describe, expect, it } from 'vitest';
import { foreign_character, mended_name, name_fault } from './person_name';

describe('names', () => {
  it('of every people are taken as they are', () => {
    const names = [
      '张三',
      '𠮷野',
      '王𫝆䶮㛃',
      '阿依古丽·买买提',
      '阿依古丽•买买提',
      '阿依古丽．买买提',
      'O’Neill-Smith',
      'Nguyễn Văn An',
      'བསྟན་འཛིན',
      '〇',
      'ﾊﾅ',
      '張',
    ];
    for (const name of names) expect(name_fault(name), name).toBeNull();
  });

  it('count characters, not their halves', () => {
    expect(name_fault('𠮷'.repeat(50))).toBeNull();
    expect(name_fault('𠮷'.repeat(51))).toBe('too_long');
  });

  it('have faults', () => {
    expect(name_fault('')).toBe('empty');
    expect(name_fault(' 张三')).toBe('space_at_edge');
    expect(name_fault('张三\u3000')).toBe('space_at_edge');
    expect(name_fault('张3')).toBe('character');
    expect(name_fault('张\t三')).toBe('character');
    expect(name_fault('张三?')).toBe('character');
    expect(name_fault('张\ue000')).toBe('character');
    expect(name_fault('张\ud842')).toBe('character');
    expect(name_fault('··')).toBe('no_letter');
    expect(foreign_character('张3三')).toBe('3');
    expect(foreign_character('张三')).toBeNull();
  });

  it('are mended without touching a letter', () => {
    expect(mended_name(' 阿依古丽•买买提 ')).toBe('阿依古丽·买买提');
    expect(mended_name('阿依古丽．买买提')).toBe('阿依古丽·买买提');
    expect(mended_name('\ufa1e𠮷')).toBe('\ufa1e𠮷');
  });
});
