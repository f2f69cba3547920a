import type { Evidence, EvidenceKind } from '@/api/types';

export interface EvidenceItem {
  evidence: Evidence;
  address: string;
  /** Title of its kind; the key where the definition is not at hand. */
  kind: string;
}

export type KindTitle = Pick<EvidenceKind, 'kind' | 'title'>;

export const evidence_address = (sha256: string): string => `/api/v1/evidence/${sha256}`;

/** In the order of the kinds, as the definition lists them. */
export function evidence_items(evidence: Evidence[], kinds: KindTitle[]): EvidenceItem[] {
  const place = (each: Evidence) => {
    const found = kinds.findIndex((kind) => kind.kind === each.kind);
    return found < 0 ? kinds.length : found;
  };
  return [...evidence]
    .sort((one, other) => place(one) - place(other))
    .map((each) => ({
      evidence: each,
      address: evidence_address(each.sha256),
      kind: kinds.find((kind) => kind.kind === each.kind)?.title ?? each.kind,
    }));
}
