// Which characters of an old and a new value differ.
import { diffArrays } from 'diff';
import { characters } from './code_points';

export interface Piece {
  text: string;
  changed: boolean;
}

export interface Difference {
  old: Piece[];
  new: Piece[];
}

export function text_difference(old_text: string, new_text: string): Difference {
  const difference: Difference = { old: [], new: [] };
  for (const part of diffArrays(characters(old_text), characters(new_text))) {
    const text = part.value.join('');
    if (!part.added) difference.old.push({ text, changed: part.removed ?? false });
    if (!part.removed) difference.new.push({ text, changed: part.added ?? false });
  }
  return difference;
}
