// Reads the few tables of a TrueType font that splitting it needs.

/** A font whose glyphs are all simple outlines; the bytes of the file stay where they are. */
export class TrueTypeFont {
  #file;
  #tables = new Map();

  constructor(file) {
    this.#file = file;
    for (let i = 0; i < file.readUInt16BE(4); ++i) {
      const entry = 12 + 16 * i;
      const offset = file.readUInt32BE(entry + 8);
      this.#tables.set(file.toString('latin1', entry, entry + 4), file.subarray(offset, offset + file.readUInt32BE(entry + 12)));
    }
    this.glyphOf = this.#characters();
  }

  /** The bytes of a table, a view of the file. */
  table(tag) {
    const found = this.#tables.get(tag);
    if (!found) throw new Error(`the font has no table ${tag}`);
    return found;
  }

  /** The bytes of a glyph's outline; empty for a blank one. */
  outline(glyph) {
    const loca = this.table('loca');
    const long = this.table('head').readInt16BE(50) === 1;
    const at = (i) => (long ? loca.readUInt32BE(4 * i) : 2 * loca.readUInt16BE(2 * i));
    const bytes = this.table('glyf').subarray(at(glyph), at(glyph + 1));
    if (bytes.length > 0 && bytes.readInt16BE(0) < 0) throw new Error(`glyph ${glyph} is made of others`);
    return bytes;
  }

  /** Advance width and left side bearing, as the table `hmtx` has them. */
  metrics(glyph) {
    const hmtx = this.table('hmtx');
    const full = this.table('hhea').readUInt16BE(34);
    const advance = hmtx.readUInt16BE(4 * Math.min(glyph, full - 1));
    const bearing = glyph < full ? hmtx.readInt16BE(4 * glyph + 2) : hmtx.readInt16BE(4 * full + 2 * (glyph - full));
    return { advance, bearing };
  }

  /** Glyph by code point, from the subtable for all of Unicode. */
  #characters() {
    const cmap = this.table('cmap');
    const glyphOf = new Map();
    for (let i = 0; i < cmap.readUInt16BE(2); ++i) {
      const subtable = cmap.readUInt32BE(8 + 8 * i);
      if (cmap.readUInt16BE(subtable) !== 12) continue;
      for (let group = subtable + 16, left = cmap.readUInt32BE(subtable + 12); left > 0; --left, group += 12) {
        const first = cmap.readUInt32BE(group);
        const last = cmap.readUInt32BE(group + 4);
        const glyph = cmap.readUInt32BE(group + 8);
        for (let point = first; point <= last; ++point) glyphOf.set(point, glyph + point - first);
      }
    }
    return glyphOf;
  }
}
