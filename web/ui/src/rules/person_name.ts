// Names of persons as the registry takes them: kept exactly as typed. The rules are the server's (engine/registry/names.cpp).
import { characters } from './code_points';
import type { NameCharacters } from './name_characters';

export type NameFault = 'empty' | 'too_long' | 'space_at_edge' | 'character' | 'no_letter';

const edge_space = /^[ \u3000]|[ \u3000]$/u;
const mark = /^\p{M}$/u;
const unseen = /^\p{Default_Ignorable_Code_Point}$/u;
const no_end = /^[ \u3000·\u2010\u2011-]+|[ \u3000·\u2010\u2011-]+$/gu;

/** A character that no name holds, or null. */
export const foreign_character = (name: string, names: NameCharacters): string | null =>
  characters(name).find((character) => !names.may_stand(character)) ?? null;

/** The first fault, or null. */
export function name_fault(name: string, names: NameCharacters): NameFault | null {
  if (name === '') return 'empty';
  if (characters(name).length > names.max) return 'too_long';
  if (edge_space.test(name)) return 'space_at_edge';
  if (foreign_character(name, names) !== null) return 'character';
  return characters(name).some((one) => is_seen_letter(one, names)) ? null : 'no_letter';
}

const is_seen_letter = (one: string, names: NameCharacters): boolean =>
  names.is_letter(one) && !mark.test(one) && !unseen.test(one) && names.meant(one) !== '·';

/** Behind an ideograph a variation selector is part of how the name is written. */
const chooses_a_form = (one: string, before: string | undefined): boolean =>
  /^\p{Variation_Selector}$/u.test(one) && /^[\p{Ideographic}\p{Script=Mongolian}]$/u.test(before ?? '');

/** What may not stand in a name stands for a dot, hyphen or space only between two letters: not in `J. Smith`. */
function meant_at(name: string[], place: number, names: NameCharacters): string {
  const given = name[place] ?? '';
  const meant = names.meant(given);
  const is_between = names.is_letter(name[place - 1] ?? '') && names.is_letter(name[place + 1] ?? '');
  return names.may_stand(given) || names.is_letter(meant) || is_between ? meant : given;
}

/** What was probably meant: nothing that nobody sees, no look-alikes, no dots twice, no spaces, dots or hyphens at the edges. The same name where there is nothing to mend. What only the server knows (an O for 〇) comes with its answer. */
export const mended_name = (name: string, names: NameCharacters): string =>
  characters(name.replace(/^[\s\u3000]+|[\s\u3000]+$/gu, ''))
    .filter((one, place, all) => !unseen.test(one) || chooses_a_form(one, all[place - 1]))
    .map((_, place, all) => meant_at(all, place, names))
    .filter((character, place, all) => character !== all[place - 1] || names.is_letter(character))
    .join('')
    .replace(no_end, '');
