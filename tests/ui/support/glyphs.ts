// Whether the fonts of a page have a character, seen by its pixels: what no font has is drawn as a box, always the same.
import type { Locator } from '@playwright/test';

export interface Drawn {
  /** Those that look like a character that does not exist. */
  boxes: string[];
  /** Different characters that look the same. */
  alike: string[];
}

/** Draws the characters in the font of the element. */
export function draw_in_font_of(element: Locator, characters: string[]): Promise<Drawn> {
  return element.evaluate((shown, wanted) => {
    const size = 64;
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = size * 1.5;
    const pen = canvas.getContext('2d', { willReadFrequently: true })!;
    pen.font = `${size}px ${getComputedStyle(shown).fontFamily}`;
    pen.textBaseline = 'top';
    const picture = (character: string) => {
      pen.clearRect(0, 0, canvas.width, canvas.height);
      pen.fillText(character, 0, 8);
      return pen.getImageData(0, 0, canvas.width, canvas.height).data.join();
    };
    // Never to be assigned; and not assigned in any Unicode so far.
    const nowhere = new Set(['\u{2fffd}', '\u{3fffd}', '\u{0378}', ' '].map(picture));
    const seen = new Map<string, string>();
    const found = { boxes: [] as string[], alike: [] as string[] };
    for (const character of wanted) {
      const drawn = picture(character);
      if (nowhere.has(drawn)) found.boxes.push(character);
      const other = seen.get(drawn);
      if (other) found.alike.push(`${other}${character}`);
      seen.set(drawn, character);
    }
    return found;
  }, characters);
}
