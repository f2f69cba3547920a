// A file of what was searched for: its words go in a body, so that they stand in no address.
import { fetch_bytes } from '@/api/client';

/** Saves the file under the name that the server gives it. Throws ApiProblem. */
export async function export_found(path: string, search: object): Promise<void> {
  const { bytes, headers } = await fetch_bytes(path, undefined, search);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(bytes);
  link.download = /filename=([\w.-]+)/.exec(headers.get('Content-Disposition') ?? '')?.[1] ?? 'export';
  link.click();
  URL.revokeObjectURL(link.href);
}
