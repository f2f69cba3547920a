import { describe, expect, it } from 'vitest';
import { names } from './form_fixtures';
import { foreign_character, mended_name, name_fault } from './person_name';

describe('names', () => {
  it('of every people are taken as they are', () => {
    const taken = [
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
    for (const name of taken) expect(name_fault(name, names), name).toBeNull();
  });

  it('count characters, not their halves', () => {
    expect(name_fault('𠮷'.repeat(50), names)).toBeNull();
    expect(name_fault('𠮷'.repeat(51), names)).toBe('too_long');
  });

  it('have faults', () => {
    expect(name_fault('', names)).toBe('empty');
    expect(name_fault(' 张三', names)).toBe('space_at_edge');
    expect(name_fault('张三\u3000', names)).toBe('space_at_edge');
    expect(name_fault('张3', names)).toBe('character');
    expect(name_fault('张\t三', names)).toBe('character');
    expect(name_fault('张三?', names)).toBe('character');
    expect(name_fault('张\ue000', names)).toBe('character');
    expect(name_fault('张\ud842', names)).toBe('character');
    expect(name_fault('··', names)).toBe('no_letter');
    expect(name_fault('·\u034f·', names)).toBe('no_letter');
    expect(foreign_character('张3三', names)).toBe('3');
    expect(foreign_character('张三', names)).toBeNull();
  });

  it('are mended of what looks like something else', () => {
    expect(mended_name(' 阿依古丽•买买提 ', names)).toBe('阿依古丽·买买提');
    expect(mended_name('阿依古丽．买买提', names)).toBe('阿依古丽·买买提');
    expect(mended_name('\ufa1e𠮷', names)).toBe('羽𠮷');
    expect(mended_name('阿依古丽•·买买提', names)).toBe('阿依古丽·买买提');
    expect(mended_name('张\u034f三', names)).toBe('张三');
    expect(mended_name('葛\u{e0100}城', names)).toBe('葛\u{e0100}城');
    expect(mended_name('阿卜·', names)).toBe('阿卜');
    expect(mended_name('阿.卜', names)).toBe('阿·卜');
    expect(mended_name('J. Smith', names)).toBe('J. Smith');
  });
});
