// node split.mjs FOLDER FONT...: splits fonts into files of 256 code points each, for the rare characters of names, and
// writes `rare.css`, by which a browser fetches only the files whose characters stand on the page.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { blockFont, runs } from './block_font.mjs';
import { TrueTypeFont } from './true_type.mjs';
import { woff2 } from './woff2.mjs';

export const family = 'Xueji Rare';
/** Extension A, and B to F: what the fonts of an ordinary PC leave out. */
const rare = [[0x3400, 0x4dbf], [0x20000, 0x2ebef]];

const hex = (point) => point.toString(16).toUpperCase();

/** The rare characters of the fonts by block of 256, ascending; the first font that has one gives it. */
export function blocks(fonts) {
  const characters = new Map();
  for (const font of fonts)
    for (const [point, glyph] of font.glyphOf)
      if (!characters.has(point) && rare.some(([first, last]) => point >= first && point <= last))
        characters.set(point, { point, font, glyph });
  const found = new Map();
  for (const character of [...characters.values()].sort((a, b) => a.point - b.point)) {
    const block = character.point >> 8;
    if (!found.has(block)) found.set(block, []);
    found.get(block).push(character);
  }
  return found;
}

/** A rule of the style sheet for a block in that file. */
export function fontFace(name, points) {
  const ranges = runs(points).map(([first, last]) => `U+${hex(first)}${last > first ? `-${hex(last)}` : ''}`);
  return `@font-face { font-family: "${family}"; font-display: swap; src: url(/fonts/${name}) format("woff2"); unicode-range: ${ranges.join(', ')}; }\n`;
}

function split(folder, files) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  let css = '';
  for (const [block, characters] of blocks(files.map((file) => new TrueTypeFont(readFileSync(file))))) {
    const bytes = woff2(blockFont(characters, family));
    const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 8);
    const name = `rare-${hex(block << 8)}-${hash}.woff2`;
    writeFileSync(join(folder, name), bytes);
    css += fontFace(name, characters.map(({ point }) => point));
  }
  writeFileSync(join(folder, 'rare.css'), css);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) split(process.argv[2], process.argv.slice(3));
