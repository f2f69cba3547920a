// The tables of a small font that holds some characters of a larger one.

const units = (...values) => {
  const bytes = Buffer.alloc(2 * values.length);
  values.forEach((value, i) => bytes.writeUInt16BE(value & 0xffff, 2 * i));
  return bytes;
};
const longs = (...values) => {
  const bytes = Buffer.alloc(4 * values.length);
  values.forEach((value, i) => bytes.writeUInt32BE(value >>> 0, 4 * i));
  return bytes;
};
const changed = (table, change) => {
  const copy = Buffer.from(table);
  change(copy);
  return copy;
};

/** Runs of neighbours, `[first, last]`, of ascending code points. */
export function runs(points) {
  const found = [];
  for (const point of points) {
    if (found.length > 0 && found.at(-1)[1] + 1 === point) found.at(-1)[1] = point;
    else found.push([point, point]);
  }
  return found;
}

/** Both forms of the map: of the basic plane, without which old systems refuse a font, and of all planes. */
function characterMap(points) {
  let glyph = 1;
  const groups = runs(points).map(([first, last]) => {
    const group = { first, last, glyph };
    glyph += last - first + 1;
    return group;
  });
  const segments = [...groups.filter((group) => group.last < 0xffff), { first: 0xffff, last: 0xffff, glyph: 0x10000 }];
  const count = segments.length;
  const selector = Math.floor(Math.log2(count));
  const basic = units(
    4, 16 + 8 * count, 0, 2 * count, 2 ** (selector + 1), selector, 2 * count - 2 ** (selector + 1),
    ...segments.map((segment) => segment.last), 0, ...segments.map((segment) => segment.first),
    ...segments.map((segment) => segment.glyph - segment.first), ...segments.map(() => 0));
  const whole = Buffer.concat([units(12, 0), longs(16 + 12 * groups.length, 0, groups.length),
    longs(...groups.flatMap((group) => [group.first, group.last, group.glyph]))]);
  const head = Buffer.concat([units(0, 2), units(3, 1), longs(20), units(3, 10), longs(20 + basic.length)]);
  return Buffer.concat([head, basic, whole]);
}

function names(texts) {
  const values = Object.entries(texts).map(([id, text]) => ({ id: Number(id), text: Buffer.from(text, 'utf16le').swap16() }));
  let offset = 0;
  const records = values.map(({ id, text }) => {
    const record = units(3, 1, 0x409, id, text.length, offset);
    offset += text.length;
    return record;
  });
  return Buffer.concat([units(0, values.length, 6 + 12 * values.length), ...records, ...values.map(({ text }) => text)]);
}

/**
 * Tables by tag. `characters` are `{point, font, glyph}` by ascending code point, all from fonts of one design; the first
 * glyph is the one for missing characters.
 */
export function blockFont(characters, family) {
  const model = characters[0].font;
  const glyphs = [{ font: model, glyph: 0 }, ...characters];
  const outlines = glyphs.map(({ font, glyph }) => font.outline(glyph));
  const offsets = [0];
  for (const outline of outlines) offsets.push(offsets.at(-1) + outline.length);
  return {
    cmap: characterMap(characters.map(({ point }) => point)),
    head: changed(model.table('head'), (head) => {
      head.writeUInt32BE(0, 8);
      head.writeInt16BE(1, 50);
    }),
    hhea: changed(model.table('hhea'), (hhea) => hhea.writeUInt16BE(glyphs.length, 34)),
    hmtx: Buffer.concat(glyphs.map(({ font, glyph }) => {
      const { advance, bearing } = font.metrics(glyph);
      return units(advance, bearing);
    })),
    maxp: changed(model.table('maxp'), (maxp) => maxp.writeUInt16BE(glyphs.length, 4)),
    name: names({ 0: 'GlyphWiki Project', 1: family, 2: 'Regular', 4: family, 6: family.replaceAll(' ', '') }),
    'OS/2': model.table('OS/2'),
    post: longs(0x00030000, 0, 0, 0, 0, 0, 0, 0),
    glyf: Buffer.concat(outlines),
    loca: longs(...offsets),
  };
}
