// Packs the tables of a font into a WOFF2 file (W3C WOFF 2.0), without the optional transformations.
import { brotliCompressSync, constants } from 'node:zlib';

/** The tags that have a number, in the order in which we write them; `loca` has to follow `glyf`. */
const tags = { cmap: 0, head: 1, hhea: 2, hmtx: 3, maxp: 4, name: 5, 'OS/2': 6, post: 7, glyf: 10, loca: 11 };
const untransformed = { glyf: 3 << 6, loca: 3 << 6 };
const header_size = 48;
/** One step of quality less takes a hundredth more bytes and a tenth of the time. */
const quality = 9;

const padded = (size) => (size + 3) & ~3;

/** UIntBase128: seven bits a byte, the highest first. */
function variable(value) {
  const bytes = [value & 0x7f];
  for (let rest = value >>> 7; rest > 0; rest >>>= 7) bytes.unshift((rest & 0x7f) | 0x80);
  return Buffer.from(bytes);
}

/** The file, with the same bytes for the same tables. */
export function woff2(tables) {
  const order = Object.keys(tags);
  const directory = Buffer.concat(order.map((tag) =>
    Buffer.concat([Buffer.from([tags[tag] | (untransformed[tag] ?? 0)]), variable(tables[tag].length)])));
  const data = Buffer.concat(order.map((tag) => tables[tag]));
  const compressed = brotliCompressSync(data, {
    params: {
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_FONT,
      [constants.BROTLI_PARAM_QUALITY]: quality,
      [constants.BROTLI_PARAM_SIZE_HINT]: data.length,
    },
  });
  const size = padded(header_size + directory.length + compressed.length);
  const file = Buffer.alloc(size);
  file.write('wOF2', 0, 'latin1');
  file.writeUInt32BE(0x00010000, 4);
  file.writeUInt32BE(size, 8);
  file.writeUInt16BE(order.length, 12);
  file.writeUInt32BE(order.reduce((sum, tag) => sum + padded(tables[tag].length), 12 + 16 * order.length), 16);
  file.writeUInt32BE(compressed.length, 20);
  file.writeUInt16BE(1, 24);
  directory.copy(file, header_size);
  compressed.copy(file, header_size + directory.length);
  return file;
}
