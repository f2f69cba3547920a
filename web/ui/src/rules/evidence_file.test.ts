import { describe, expect, it } from 'vitest';
import { file_fault, media_type_of } from './evidence_file';
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
const scan = { name: '户口簿.png', size: 1000, type: 'image/png' };

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
    expect(file_fault({ ...scan, type: 'text/plain' }, kind, 0)).toEqual({
      key: 'file_fault.type',
      values: { types: 'JPEG / PNG' },
    });
  });

  it('are known by their ending where the browser knows no type', () => {
    expect(media_type_of({ name: '扫描.JPG', size: 1, type: '' })).toBe('image/jpeg');
    expect(media_type_of({ name: 'a.exe', size: 1, type: '' })).toBe('');
    expect(media_type_of({ name: 'none', size: 1, type: '' })).toBe('');
  });

  it('have sizes that people read', () => {
    expect([1, 1024, 1536 * 1024, 10 * 1024 * 1024].map(file_size)).toEqual(['1 KB', '1 KB', '1.5 MB', '10 MB']);
  });
});
