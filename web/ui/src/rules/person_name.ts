// Names of persons as the registry takes them: kept exactly as typed. The rules are the server's (engine/registry/names.cpp).
import { characters } from './code_points';
import type { NameCharacters } from './name_characters';

export type NameFault = 'empty' | 'too_long' | 'space_at_edge' | 'character' | 'no_letter';

const edge_space = /^[ \u3000]|[ \u3000]$/u;
const mark = /^\p{M}$/u;

/** A character that no name holds, or null. */
export const foreign_character = (name: string, names: NameCharacters): string | null =>
  characters(name).find((character) => !names.may_stand(character)) ?? null;

/** The first fault, or null. */
export function name_fault(name: string, names: NameCharacters): NameFault | null {
  if (name === '') return 'empty';
  if (characters(name).length > names.max) return 'too_long';
  if (edge_space.test(name)) return 'space_at_edge';
  if (foreign_character(name, names) !== null) return 'character';
  return characters(name).some((character) => names.is_letter(character) && !mark.test(character)) ? null : 'no_letter';
}

/** What was probably meant: no spaces at the edges, no look-alikes, no dots twice. The same name where there is nothing to mend. */
export const mended_name = (name: string, names: NameCharacters): string =>
  characters(name.replace(/^[\s\u3000]+|[\s\u3000]+$/gu, ''))
    .map((character) => names.meant(character))
    .filter((character, place, all) => character !== all[place - 1] || names.is_letter(character))
    .join('');
