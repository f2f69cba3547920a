// Names of persons as the registry takes them: kept exactly as typed, up to 50 characters. The same as the server
// accepts (engine/registry/names.cpp).
import { characters } from './code_points';

export type NameFault = 'empty' | 'too_long' | 'space_at_edge' | 'character' | 'no_letter';

export const name_characters_max = 50;
const separator = '\u00b7';
/** `• ． ‧ ・ ･ ∙`, typed for the separator of minority names: accepted, but better replaced. */
const look_alikes = /[\u2022\uff0e\u2027\u30fb\uff65\u2219]/gu;
const letter = /^[\p{L}\p{M}\u3007]$/u;
/** The dots, spaces, hyphens, apostrophes, and the tsheg between Tibetan syllables. */
const between = /^[\u00b7\u2022\uff0e\u2027\u30fb\uff65\u2219 \u3000\-\u2010\u2011'\u2018\u2019\u0f0b\u0f0c]$/u;
const edge_space = /^[ \u3000]|[ \u3000]$/u;

/** A character that no name holds, or null. */
export const foreign_character = (name: string): string | null =>
  characters(name).find((character) => !letter.test(character) && !between.test(character)) ?? null;

/** The first fault, or null. */
export function name_fault(name: string): NameFault | null {
  if (name === '') return 'empty';
  if (characters(name).length > name_characters_max) return 'too_long';
  if (edge_space.test(name)) return 'space_at_edge';
  if (foreign_character(name) !== null) return 'character';
  return characters(name).some((character) => letter.test(character)) ? null : 'no_letter';
}

/** What was probably meant: no spaces at the edges, `·` for its look-alikes. The same name where there is nothing to mend. */
export const mended_name = (name: string): string =>
  name.replace(/^[\s\u3000]+|[\s\u3000]+$/gu, '').replace(look_alikes, separator);
