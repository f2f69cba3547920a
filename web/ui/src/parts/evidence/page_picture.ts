// Pages of scans as the server draws them.
import { fetch_bytes } from '@/api/client';

/** The first page, small. */
export const thumbnail_address = (address: string): string => `${address}/pages/1?size=thumbnail`;

export interface PagePicture {
  picture: Blob;
  /** How many pages the scan has. */
  pages: number;
}

/** Throws ApiProblem; its detail says why the page can't be shown. */
export async function fetch_page(address: string, page: number, signal: AbortSignal): Promise<PagePicture> {
  const { bytes, headers } = await fetch_bytes(`${address}/pages/${page}?size=screen`, signal);
  return { picture: bytes, pages: Number(headers.get('X-Page-Count')) || 1 };
}
