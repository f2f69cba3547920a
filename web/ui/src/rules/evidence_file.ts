// What can be said of a file before it is uploaded.
import type { EvidenceKind } from '@/api/types';
import type { Words } from './field_check';
import { file_size } from './file_size';

export interface OfferedFile {
  size: number;
}

const endings: Record<string, string[]> = {
  'image/jpeg': ['.jpg', '.jpeg'],
  'image/png': ['.png'],
  'application/pdf': ['.pdf'],
};

const short_names: Record<string, string> = { 'image/jpeg': 'JPEG', 'image/png': 'PNG', 'application/pdf': 'PDF' };

/** Of a file that the server has recognised as `media_type` by its content, or null. */
export function type_fault(media_type: string, kind: EvidenceKind): Words | null {
  if (kind.mediaTypes.includes(media_type)) return null;
  return { key: 'file_fault.type', values: { types: type_names(kind.mediaTypes, ' / ') } };
}

/** For the desktop's window of files: by type and by ending, since desktops know types by other names. */
export const choosable = (media_types: readonly string[]): string =>
  media_types.flatMap((type) => [type, ...(endings[type] ?? [])]).join(',');

/** `JPEG、PNG、PDF`, as people call the types. */
export const type_names = (media_types: readonly string[], separator: string): string =>
  media_types.map((type) => short_names[type] ?? type).join(separator);

/** Why a file can't be taken for this kind of evidence, whatever is in it, or null. `present`: how many of the kind there are. */
export function file_fault(file: OfferedFile, kind: EvidenceKind, present: number): Words | null {
  if (present >= kind.max) return { key: 'file_fault.too_many', values: { max: kind.max, title: kind.title } };
  if (file.size === 0) return { key: 'file_fault.empty' };
  if (file.size > kind.maxBytes)
    return { key: 'file_fault.too_large', values: { size: file_size(file.size), max: file_size(kind.maxBytes) } };
  return null;
}
