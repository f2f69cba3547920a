// The characters of names, as the server has them: one table for both.
import type { NameCharacters as Table } from '@/api/types';

export interface NameCharacters {
  max: number;
  is_letter(character: string): boolean;
  /** May stand in a name: letters, and what stands between them. */
  may_stand(character: string): boolean;
  /** What is usually written for a look-alike; the character itself where it is none. */
  meant(character: string): string;
}

const code = (character: string): number => character.codePointAt(0) ?? 0;

export function name_characters(table: Table): NameCharacters {
  const letters = table.letters as [number, number][];
  const others = new Set([...table.between, ...table.dots]);
  const look_alikes = new Map(table.lookAlikes as [number, number][]);
  const is_letter = (character: string) => {
    const wanted = code(character);
    let [low, high] = [0, letters.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (letters[middle]![1] < wanted) low = middle + 1;
      else high = middle;
    }
    return low < letters.length && letters[low]![0] <= wanted;
  };
  return {
    max: table.charactersMax,
    is_letter,
    may_stand: (character) => is_letter(character) || others.has(code(character)),
    meant: (character) => {
      const meant = look_alikes.get(code(character));
      return meant === undefined ? character : String.fromCodePoint(meant);
    },
  };
}
