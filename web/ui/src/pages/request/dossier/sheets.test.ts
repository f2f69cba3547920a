import { describe, expect, it } from 'vitest';
import type { Evidence } from '@/api/types';
import { dossier_sheets } from './sheets';

const scan = (sha256: string, kind = 'register'): Evidence =>
  ({ sha256, kind, filename: `${sha256}.pdf`, mediaType: 'application/pdf', size: 1 }) as Evidence;
const kinds = [
  { kind: 'register', title: 'Register' },
  { kind: 'form', title: 'Form' },
];
const pages_of = (sha256: string) => (sha256 === 'b' ? 3 : 1);

describe('the sheets of a dossier', () => {
  it('are every page of every scan, in the order of the kinds', () => {
    const sheets = dossier_sheets([scan('a', 'form'), scan('b')], [], kinds, pages_of);
    expect(sheets.map(({ kind, page, pages }) => [kind, page, pages])).toEqual([
      ['Register', 1, 3],
      ['Register', 2, 3],
      ['Register', 3, 3],
      ['Form', 1, 1],
    ]);
    expect(sheets[1]!.address).toBe('/api/v1/evidence/b/pages/2?size=screen');
  });

  it('end with what only earlier submissions had, once', () => {
    const earlier = [
      { ordinal: 2, evidence: [scan('a'), scan('c')] },
      { ordinal: 1, evidence: [scan('c'), scan('d')] },
    ];
    const sheets = dossier_sheets([scan('a')], earlier, kinds, pages_of);
    expect(sheets.map(({ filename, round }) => [filename, round])).toEqual([
      ['a.pdf', undefined],
      ['c.pdf', 2],
      ['d.pdf', 1],
    ]);
  });
});
