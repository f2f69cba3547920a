import { describe, expect, it } from 'vitest';
import { has_errors, no_errors, place_errors } from './form_errors';

describe('the errors of an answer', () => {
  it('stand where they belong', () => {
    const placed = place_errors([
      { pointer: '/fields/new_name', message: '姓名最多 50 个字' },
      { pointer: '/fields/new_name', message: '另一个' },
      { pointer: '/fields/a~1b~0c', message: '本业务没有这一项' },
      { pointer: '/fields/findings/3/note', message: '最多 200 个字' },
      { pointer: '/fields/findings/4', message: '请填写这一行，或将其删除' },
      { pointer: '/fields', message: '请至少填写一项变更' },
      { pointer: '/evidence/2/sha256', message: '同一文件重复提交' },
      { pointer: '/evidence', message: '请上传“户口簿”，至少 1 份' },
      { pointer: '/comment', message: '此操作不填写意见' },
      { pointer: '/subjects/3/student', message: '与前面的一名学生相同' },
    ]);
    expect(placed).toEqual({
      fields: { new_name: '姓名最多 50 个字', 'a/b~c': '本业务没有这一项' },
      cells: { 'findings/3/note': '最多 200 个字', 'findings/4': '请填写这一行，或将其删除' },
      students: { 3: '与前面的一名学生相同' },
      files: { 2: '同一文件重复提交' },
      evidence: ['请上传“户口簿”，至少 1 份'],
      form: ['请至少填写一项变更', '此操作不填写意见'],
    });
    expect(has_errors(placed)).toBe(true);
    expect(has_errors(no_errors())).toBe(false);
  });
});
