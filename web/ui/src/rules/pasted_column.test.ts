import { describe, expect, it } from 'vitest';
import { pasted_column } from './pasted_column';

describe('a column pasted from a spreadsheet', () => {
  it('has a line for each row, those left empty within it too', () => {
    expect(pasted_column('1班\r\n\r\n3班\r\n')).toEqual({ lines: ['1班', '', '3班'], cells: 1 });
    expect(pasted_column('1班')).toEqual({ lines: ['1班'], cells: 1 });
    expect(pasted_column('')).toEqual({ lines: [''], cells: 1 });
  });

  it('keeps a cell with a line break together, and gives its quotes back', () => {
    expect(pasted_column('"1\n班"\n2班')).toEqual({ lines: ['1 班', '2班'], cells: 1 });
    expect(pasted_column('"甲""乙"\n2"班')).toEqual({ lines: ['甲"乙', '2"班'], cells: 1 });
    expect(pasted_column('"没有结尾\n2班').lines).toEqual(['"没有结尾', '2班']);
  });

  it('tells how many cells a row has', () => {
    expect(pasted_column('张三\t1班\n李四\t2班').cells).toBe(2);
  });
});
