// pdf.js, fetched only when a PDF is first opened. It runs no script of the file, evaluates nothing, and asks no other host.
import type { PDFDocumentProxy } from 'pdfjs-dist';
// The build for browsers as old as those that we promise.
import worker_address from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?url';

declare const __PDFJS_ADDRESS__: string;

export type { PDFDocumentProxy };

/** Throws what pdf.js throws for a file that can't be fetched or read. */
export async function open_pdf(address: string): Promise<PDFDocumentProxy> {
  const pdfjs = await import('pdfjs-dist/legacy/build/pdf.mjs');
  pdfjs.GlobalWorkerOptions.workerSrc = worker_address;
  const files = new URL(__PDFJS_ADDRESS__, location.origin).href;
  return pdfjs.getDocument({
    url: address,
    cMapUrl: files,
    standardFontDataUrl: files,
    wasmUrl: files,
    // WebAssembly would need a hole in the content security policy.
    useWasm: false,
    enableXfa: false,
    // One request for one opening.
    disableRange: true,
    disableStream: true,
    stopAtErrors: false,
  }).promise;
}
