// An old or a new value in pieces: what changed, and where eyes need a gap.
import { characters } from './code_points';
import { text_difference, type Difference, type Piece } from './text_difference';

export interface ShownPiece extends Piece {
  /** A group of digits begins here. */
  gap: boolean;
}

const number = /^[GLJ]?\d{17}[\dX]$/;

export const is_number = (text: string): boolean => number.test(text);

/** Digits are compared place by place: each place has its own meaning. */
function number_difference(old_number: string, new_number: string): Difference {
  const differs = [...old_number].map((digit, place) => digit !== new_number[place]);
  const pieces = (text: string) => [...text].map((digit, place) => ({ text: digit, changed: differs[place] ?? false }));
  return { old: pieces(old_number), new: pieces(new_number) };
}

/** Division, birth date and the rest, after the letter of a student number. */
function group_starts(text: string): Set<number> {
  const letter = /^[GLJ]/.test(text) ? 1 : 0;
  return new Set([letter, letter + 6, letter + 14].filter((place) => place > 0));
}

function grouped(pieces: Piece[], starts: Set<number>): ShownPiece[] {
  const shown: ShownPiece[] = [];
  let place = 0;
  for (const piece of pieces)
    for (const digit of characters(piece.text)) {
      const last = shown.at(-1);
      const gap = starts.has(place++);
      if (last && last.changed === piece.changed && !gap) last.text += digit;
      else shown.push({ text: digit, changed: piece.changed, gap });
    }
  return shown;
}

/** One side of a change. A value that was or becomes empty has nothing to compare with: no piece is marked. */
export function change_pieces(old_text: string, new_text: string, side: 'old' | 'new'): ShownPiece[] {
  const text = side === 'old' ? old_text : new_text;
  const starts = is_number(text) ? group_starts(text) : new Set<number>();
  if (old_text === '' || new_text === '') return text === '' ? [] : grouped([{ text, changed: false }], starts);
  const places = is_number(old_text) && is_number(new_text) && old_text.length === new_text.length;
  const difference = places ? number_difference(old_text, new_text) : text_difference(old_text, new_text);
  return grouped(difference[side], starts);
}
