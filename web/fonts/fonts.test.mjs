import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { brotliDecompressSync } from 'node:zlib';
import { blockFont, runs } from './block_font.mjs';
import { blocks, family, fontFace } from './split.mjs';
import { TrueTypeFont } from './true_type.mjs';
import { woff2 } from './woff2.mjs';

const fonts = ['A', 'B'].map((name) => new TrueTypeFont(readFileSync(`/usr/share/fonts/truetype/hanazono/HanaMin${name}.ttf`)));
const order = ['cmap', 'head', 'hhea', 'hmtx', 'maxp', 'name', 'OS/2', 'post', 'glyf', 'loca'];

/** A WOFF2 file as a font again: a table directory before the unpacked tables. */
function unpacked(file) {
  let at = 48;
  const sizes = order.map(() => {
    let size = 0;
    for (++at; file[at] & 0x80; ++at) size = size * 128 + (file[at] & 0x7f);
    return size * 128 + file[at++];
  });
  const data = brotliDecompressSync(file.subarray(at, at + file.readUInt32BE(20)));
  const head = Buffer.alloc(12 + 16 * order.length);
  head.writeUInt32BE(0x00010000, 0);
  head.writeUInt16BE(order.length, 4);
  let offset = head.length;
  order.forEach((tag, i) => {
    head.write(tag.padEnd(4), 12 + 16 * i, 'latin1');
    head.writeUInt32BE(offset, 20 + 16 * i);
    head.writeUInt32BE(sizes[i], 24 + 16 * i);
    offset += sizes[i];
  });
  assert.equal(data.length, offset - head.length);
  return new TrueTypeFont(Buffer.concat([head, data]));
}

test('every rare character is in one block, with the outline and the widths that it had', () => {
  const all = blocks(fonts);
  const points = [...all.values()].flat().map(({ point }) => point);
  assert.equal(new Set(points).size, points.length);
  for (const point of [0x3400, 0x4db5, 0x20000, 0x20bb7, 0x2a6d6, 0x2b740, 0x2ebe0]) assert.ok(points.includes(point), point.toString(16));
  for (const block of [0x34, 0x20b, 0x2ce]) {
    const characters = all.get(block);
    const file = woff2(blockFont(characters, family));
    assert.equal(file.toString('latin1', 0, 4), 'wOF2');
    assert.equal(file.readUInt32BE(8), file.length);
    const small = unpacked(file);
    assert.deepEqual([...small.glyphOf.keys()], characters.map(({ point }) => point));
    for (const { point, font, glyph } of characters) {
      const copy = small.glyphOf.get(point);
      assert.ok(small.outline(copy).equals(font.outline(glyph)));
      assert.deepEqual(small.metrics(copy), font.metrics(glyph));
    }
  }
});

test('the same characters make the same file', () => {
  const make = () => woff2(blockFont(blocks(fonts).get(0x20b), family));
  assert.ok(make().equals(make()));
});

test('a rule names only the characters that are in the file', () => {
  assert.deepEqual(runs([1, 2, 3, 7, 9, 10]), [[1, 3], [7, 7], [9, 10]]);
  assert.equal(fontFace('rare-20B00-0.woff2', [0x20bb7, 0x20bb8, 0x20bbb]),
    '@font-face { font-family: "Xueji Rare"; font-display: swap; src: url(/fonts/rare-20B00-0.woff2) format("woff2"); ' +
    'unicode-range: U+20BB7-20BB8, U+20BBB; }\n');
});
