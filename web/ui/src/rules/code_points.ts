// Characters as the registry counts them: code points, never UTF-16 units; nothing is normalised.

export const characters = (text: string): string[] => Array.from(text);

/** `U+20BB7` */
export const code_point_name = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

/** Han characters that many input methods and fonts lack: all but the basic block. Their code point is shown beside them. */
export function is_rare(character: string): boolean {
  return /\p{Script=Han}/u.test(character) && !/[\u4e00-\u9fa5\u3007\u3005]/u.test(character);
}

export const rare_characters = (text: string): string[] => [...new Set(characters(text).filter(is_rare))];
