// Names of persons as the registry takes them: kept exactly as typed, up to 50 characters.
import { characters } from './code_points';

export type NameFault = 'empty' | 'too_long' | 'space_at_edge' | 'separator' | 'character';

export const name_characters_max = 50;
/** The separator of minority names is U+00B7; these look like it. */
const like_the_separator = /[\u2022\u30fb\uff0e\u2027\u22c5\uff65.]/u;
const allowed = /^[\p{Script=Han}\p{Script=Latin}\p{M}\u00b7\u2019'\- \u3007\ue000-\uf8ff\u{f0000}-\u{10fffd}]+$/u;

/** The first fault, or null. */
export function name_fault(name: string): NameFault | null {
  if (name.length === 0) return 'empty';
  if (characters(name).length > name_characters_max) return 'too_long';
  if (name.trim() !== name) return 'space_at_edge';
  if (like_the_separator.test(name)) return 'separator';
  return allowed.test(name) ? null : 'character';
}
