import { describe, expect, it } from 'vitest';
import { choosable, file_fault, type_fault } from './evidence_file';
import { file_size } from './file_size';

const kind = {
  kind: 'household_register',
  title: '户口簿',
  required: true,
  min: 1,
  max: 2,
  mediaTypes: ['image/jpeg', 'image/png'],
  maxBytes: 10 * 1024 * 1024,
};
const scan = { size: 1000 };

describe('files of evidence', () => {
  it('are taken where type, size and number fit', () => {
    expect(file_fault(scan, kind, 1)).toBeNull();
    expect(file_fault({ ...scan, size: kind.maxBytes }, kind, 0)).toBeNull();
  });

  it('are refused with what is wrong', () => {
    expect(file_fault(scan, kind, 2)).toMatchObject({ key: 'file_fault.too_many', values: { max: 2 } });
    expect(file_fault({ ...scan, size: 0 }, kind, 0)).toEqual({ key: 'file_fault.empty' });
    expect(file_fault({ ...scan, size: 11 * 1024 * 1024 }, kind, 0)).toEqual({
      key: 'file_fault.too_large',
      values: { size: '11 MB', max: '10 MB' },
    });
  });

  it('are refused where their kind does not take what is in them', () => {
    expect(type_fault('image/png', kind)).toBeNull();
    const words = { key: 'file_fault.type', values: { types: 'JPEG / PNG' } };
    expect(type_fault('application/pdf', kind)).toEqual(words);
  });

  it('are offered by the desktop by type and by ending', () => {
    expect(choosable(['image/jpeg', 'application/pdf'])).toBe('image/jpeg,.jpg,.jpeg,application/pdf,.pdf');
  });

  it('have sizes that people read', () => {
    expect([1, 1024, 1536 * 1024, 10 * 1024 * 1024].map(file_size)).toEqual(['1 KB', '1 KB', '1.5 MB', '10 MB']);
  });
});
