import { describe, expect, it } from 'vitest';
import type { Field, Row } from '@/api/types';
import { rows_of, rows_without, text_of_rows, with_block, with_value, without_last_blanks } from './rows';

describe('rows', () => {
  it('are a text for the form, which is empty without any', () => {
    expect(text_of_rows([])).toBe('');
    expect(rows_of('')).toEqual([]);
    expect(rows_of(text_of_rows([{ note: '一\n二' }, {}]))).toEqual([{ note: '一\n二' }, {}]);
  });

  it('take a value in one of them', () => {
    expect(with_value([{ kind: 'a' }, {}], 1, 'note', 'x')).toEqual([{ kind: 'a' }, { note: 'x' }]);
  });

  it('end with one that is filled in; one in between stays, so that errors name the right one', () => {
    expect(without_last_blanks([{ note: 'x' }, {}, { note: 'y' }, { note: '' }, {}])).toEqual([
      { note: 'x' },
      {},
      { note: 'y' },
    ]);
    expect(without_last_blanks([{}])).toEqual([]);
  });

  it('take a block of a spreadsheet from a cell on, in new rows where they are too few', () => {
    const fields = [
      { key: 'kind', type: 'choice' },
      { key: 'found', type: 'date' },
      { key: 'note', type: 'text' },
    ] as Field[];
    const titles = new Map([
      ['未在校', 'gone'],
      ['gone', 'gone'],
    ]);
    const choices = (field: Field) => (field.type === 'choice' ? titles : null);
    const block = [
      ['未在校', '2026/9/1'],
      ['别的', '2026年12月10日', 'x', 'beyond'],
      ['gone', '昨天'],
    ];
    expect(with_block([{ note: 'a' }, { note: 'b' }], block, { at: 1, key: 'kind' }, fields, 3, choices)).toEqual({
      rows: [
        { note: 'a' },
        { note: 'b', kind: 'gone', found: '2026-09-01' },
        { kind: '', found: '2026-12-10', note: 'x' },
      ],
      over: 1,
      unknown: 1,
    });
    expect(with_block([{ note: 'a' }], [['1'], ['2']], { at: 0, key: 'note' }, fields, 9, choices)).toEqual({
      rows: [{ note: '1' }, { note: '2' }],
      over: 0,
      unknown: 0,
    });
  });

  it('differ by those that the others have not', () => {
    const rows: Row[] = [{ note: 'x' }, { note: 'x' }, { note: 'y', kind: '' }];
    expect(rows_without(rows, [{ note: 'y' }, { note: 'x' }])).toEqual([{ note: 'x' }]);
    expect(rows_without([], rows)).toEqual([]);
  });
});
