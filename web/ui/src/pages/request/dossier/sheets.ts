// What of the evidence goes on paper: each page of each scan on a sheet of its own.
import { evidence_items, type KindTitle } from '@/parts/evidence/evidence_items';
import { page_address } from '@/parts/evidence/page_picture';
import type { Evidence, Submission } from '@/api/types';

export interface Sheet {
  address: string;
  filename: string;
  /** Title of its kind. */
  kind: string;
  page: number;
  pages: number;
  /** The earlier submission that it stood in, where it stands in no later one. */
  round?: number;
}

/**
 * Of what stands in the form now, in the order of the kinds, then of what only earlier submissions had. `pages_of` tells
 * how many pages a scan has. `earlier`: newest first.
 */
export function dossier_sheets(
  evidence: Evidence[],
  earlier: readonly Pick<Submission, 'ordinal' | 'evidence'>[],
  kinds: KindTitle[],
  pages_of: (sha256: string) => number,
): Sheet[] {
  const seen = new Set<string>();
  const sheets_of = (scans: Evidence[], round?: number) =>
    evidence_items(scans, kinds).flatMap(({ evidence: { sha256, filename }, address, kind }) => {
      if (seen.has(`${kind} ${sha256}`)) return [];
      seen.add(`${kind} ${sha256}`);
      const pages = pages_of(sha256);
      return Array.from({ length: pages }, (_, before) => ({
        address: page_address(address, before + 1),
        filename,
        kind,
        page: before + 1,
        pages,
        round,
      }));
    });
  return [...sheets_of(evidence), ...earlier.flatMap(({ ordinal, evidence: scans }) => sheets_of(scans, ordinal))];
}
