// Scans as a school would have them, each one different, so that no test meets another's upload.
import { randomBytes } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';

function chunk(kind: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(kind, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** A page with grey lines, 600 by 800; `padding` bytes make it heavier. */
export function png(padding = 0, [width, height]: [number, number] = [600, 800]): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, 0], 8);
  const [paper, ink] = [Buffer.alloc(width + 1, 246), Buffer.alloc(width + 1, 246)];
  ink.fill(120, width / 10, width - width / 10);
  for (const row of [paper, ink]) row[0] = 0;
  const rows = Array.from({ length: height }, (_, line) =>
    line > height / 10 && line < height * 0.9 && line % 40 < 3 ? ink : paper,
  );
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('tEXt', Buffer.from(`Comment\0${randomBytes(12).toString('hex')}`, 'latin1')),
    ...(padding
      ? [
          chunk(
            'tEXt',
            Buffer.concat([Buffer.from('Padding\0', 'latin1'), randomBytes(padding).map((byte) => (byte % 90) + 33)]),
          ),
        ]
      : []),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** The colour at a place of a chart, both from 0 to 1: a magenta edge, and within it colours that are nowhere the same. */
export function chart_colour(x: number, y: number): [number, number, number] {
  const edge = 0.02;
  if (Math.min(x, y, 1 - x, 1 - y) < edge) return [255, 0, 255];
  return [Math.round(255 * x), Math.round(255 * y), (Math.floor(x * 8) + Math.floor(y * 8)) % 2 ? 220 : 40];
}

/** A scan of which every part can be told from every other. */
export function chart([width, height]: [number, number] = [800, 1100]): Buffer {
  const rows = Array.from({ length: height }, (_, y) =>
    Buffer.from([0, ...Array.from({ length: width }, (__, x) => chart_colour(x / width, y / height)).flat()]),
  );
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('tEXt', Buffer.from(`Comment\0${randomBytes(12).toString('hex')}`, 'latin1')),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Two pages with a heading each. */
export function pdf(): Buffer {
  const page = (text: string) => {
    const drawn = `BT /F1 24 Tf 72 700 Td (${text}) Tj ET`;
    return `<< /Length ${drawn.length} >>\nstream\n${drawn}\nendstream`;
  };
  const sheet = (contents: number) =>
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${contents} 0 R /Resources << /Font << /F1 7 0 R >> >> >>`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R 5 0 R] /Count 2 >>',
    sheet(4),
    page('Certificate, page 1'),
    sheet(6),
    page('Certificate, page 2'),
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    `<< /Title (${randomBytes(12).toString('hex')}) >>`,
  ];
  let out = '%PDF-1.4\n';
  const offsets = objects.map((body, place) => {
    const offset = out.length;
    out += `${place + 1} 0 obj\n${body}\nendobj\n`;
    return offset;
  });
  const start = out.length;
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  out += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}`;
  out += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R /Info 8 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(out, 'latin1');
}
