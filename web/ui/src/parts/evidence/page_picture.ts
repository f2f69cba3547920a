// Pages of scans as the server draws them.
import { fetch_bytes } from '@/api/client';

/** The first page, small. */
export const thumbnail_address = (address: string): string => `${address}/pages/1?size=thumbnail`;

/** A page, from 1, as large as a screen. */
export const page_address = (address: string, page: number): string => `${address}/pages/${page}?size=screen`;

const pages_in = (headers: Headers): number => Number(headers.get('X-Page-Count')) || 1;

export interface PagePicture {
  picture: Blob;
  /** How many pages the scan has. */
  pages: number;
}

/** Throws ApiProblem; its detail says why the page can't be shown. */
export async function fetch_page(address: string, page: number, signal: AbortSignal): Promise<PagePicture> {
  const { bytes, headers } = await fetch_bytes(page_address(address, page), signal);
  return { picture: bytes, pages: pages_in(headers) };
}

/** How many pages a scan has. Throws ApiProblem. */
export async function count_pages(address: string, signal: AbortSignal): Promise<number> {
  return pages_in((await fetch_bytes(thumbnail_address(address), signal)).headers);
}
