// What comes out of the printer: Chromium's own PDF, read by poppler's tools, words and pictures.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { test } from '@playwright/test';

/** In dots for each inch; A4 is 8.27 by 11.69 of them. */
const resolution = 50;
const inch = 25.4;

export class Paper {
  constructor(
    readonly width: number,
    readonly height: number,
    private readonly pixels: Buffer,
  ) {}

  /** Both from the upper left, in pixels. */
  colour(x: number, y: number): [number, number, number] {
    const at = (Math.round(y) * this.width + Math.round(x)) * 3;
    return [this.pixels[at]!, this.pixels[at + 1]!, this.pixels[at + 2]!];
  }

  /** The box around whatever `is` true of, in pixels; nothing where there is no such. */
  box(
    is: (colour: [number, number, number]) => boolean,
  ): { left: number; top: number; right: number; bottom: number } | null {
    let found: { left: number; top: number; right: number; bottom: number } | null = null;
    for (let y = 0; y < this.height; y++)
      for (let x = 0; x < this.width; x++) {
        if (!is(this.colour(x, y))) continue;
        found ??= { left: x, top: y, right: x, bottom: y };
        found = { left: Math.min(found.left, x), top: found.top, right: Math.max(found.right, x), bottom: y };
      }
    return found;
  }

  /** In millimetres. */
  mm(pixels: number): number {
    return (pixels / resolution) * inch;
  }
}

export interface Printed {
  /** The words of each sheet, each line without what stands around it. */
  words: string[];
  sheets: Paper[];
}

const by_poppler = (program: string, ...words: string[]): Buffer =>
  execFileSync(program, words, { maxBuffer: 256 * 1024 * 1024 });

/** `P6 WIDTH HEIGHT 255` and the pixels, one picture after the other. */
function read_ppm(bytes: Buffer): Paper[] {
  const sheets: Paper[] = [];
  for (let at = 0; at < bytes.length;) {
    const head = /^P6\s(\d+) (\d+)\s255\s/.exec(bytes.subarray(at, at + 40).toString('latin1'))!;
    const [width, height] = [Number(head[1]), Number(head[2])];
    const begin = at + head[0].length;
    at = begin + width * height * 3;
    sheets.push(new Paper(width, height, bytes.subarray(begin, at)));
  }
  return sheets;
}

/** As by Ctrl+P in Chromium, nothing prepared. */
export async function printed(page: Page): Promise<Printed> {
  const path = test.info().outputPath('printed.pdf');
  writeFileSync(path, await page.pdf({ preferCSSPageSize: true, printBackground: true }));
  const words = by_poppler('pdftotext', '-layout', path, '-').toString().split('\f').slice(0, -1);
  return {
    words: words.map((sheet) =>
      sheet
        .split('\n')
        .map((line) => line.trim().replaceAll(/\s+/g, ' '))
        .join('\n'),
    ),
    sheets: read_ppm(by_poppler('pdftoppm', '-r', String(resolution), path)),
  };
}
