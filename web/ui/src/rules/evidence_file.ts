// What can be said of a file before it is uploaded.
import type { EvidenceKind } from '@/api/types';
import type { Words } from './field_check';
import { file_size } from './file_size';

export interface OfferedFile {
  name: string;
  size: number;
  type: string;
}

const by_ending: Record<string, string> = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  pdf: 'application/pdf',
};

const short_names: Record<string, string> = { 'image/jpeg': 'JPEG', 'image/png': 'PNG', 'application/pdf': 'PDF' };

/** As the browser knows it, else by the ending of the name. */
export const media_type_of = (file: OfferedFile): string =>
  file.type || (by_ending[file.name.split('.').pop()?.toLowerCase() ?? ''] ?? '');

/** `JPEG、PNG、PDF`, as people call the types. */
export const type_names = (media_types: readonly string[], separator: string): string =>
  media_types.map((type) => short_names[type] ?? type).join(separator);

/** Why a file can't be taken for this kind of evidence, or null. `present`: how many of the kind there are. */
export function file_fault(file: OfferedFile, kind: EvidenceKind, present: number): Words | null {
  if (present >= kind.max) return { key: 'file_fault.too_many', values: { max: kind.max, title: kind.title } };
  if (!kind.mediaTypes.includes(media_type_of(file)))
    return { key: 'file_fault.type', values: { types: type_names(kind.mediaTypes, ' / ') } };
  if (file.size === 0) return { key: 'file_fault.empty' };
  if (file.size > kind.maxBytes)
    return { key: 'file_fault.too_large', values: { size: file_size(file.size), max: file_size(kind.maxBytes) } };
  return null;
}
