import { describe, expect, it } from 'vitest';
import type { Row } from '@/api/types';
import { rows_of, rows_without, text_of_rows, with_value, without_last_blanks } from './rows';

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

  it('differ by those that the others have not', () => {
    const rows: Row[] = [{ note: 'x' }, { note: 'x' }, { note: 'y', kind: '' }];
    expect(rows_without(rows, [{ note: 'y' }, { note: 'x' }])).toEqual([{ note: 'x' }]);
    expect(rows_without([], rows)).toEqual([]);
  });
});
