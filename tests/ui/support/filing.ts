// What a registrar does in a form: types, drops scans on it, chooses others, submits.
import { expect, type Locator } from '@playwright/test';
import type { Person } from './person.ts';

export interface Scan {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

export const field = ({ page }: Person, key: string): Locator => page.locator(`[data-field="${key}"]`);

export async function type_into(at: Person, key: string, value: string): Promise<void> {
  await field(at, key).getByRole('textbox').fill(value);
}

export const evidence_box = ({ page }: Person, kind: string): Locator => page.locator(`[data-evidence="${kind}"]`);

/** Dropped on the page from the desktop, as by a hand. */
export async function drop_scan(at: Person, kind: string, scan: Scan): Promise<void> {
  const carried = await at.page.evaluateHandle(
    async ({ name, mimeType, content }) => {
      const bytes = Uint8Array.from(atob(content), (character) => character.charCodeAt(0));
      const transfer = new DataTransfer();
      transfer.items.add(new File([bytes], name, { type: mimeType }));
      return Promise.resolve(transfer);
    },
    { name: scan.name, mimeType: scan.mimeType, content: scan.buffer.toString('base64') },
  );
  const place = evidence_box(at, kind).getByText(at.t('new_request.drop_here'));
  for (const event of ['dragenter', 'dragover', 'drop']) await place.dispatchEvent(event, { dataTransfer: carried });
}

/** By the button and the window of the system in which files are chosen. */
export async function choose_scans(at: Person, kind: string, ...scans: Scan[]): Promise<void> {
  const [chooser] = await Promise.all([
    at.page.waitForEvent('filechooser'),
    evidence_box(at, kind).getByTestId('choose-file').click(),
  ]);
  await chooser.setFiles(scans);
}

/** So many scans of that kind are uploaded, and none is under way or refused. */
export async function expect_uploaded(at: Person, kind: string, count: number): Promise<void> {
  const box = evidence_box(at, kind);
  await expect(box.locator('[data-file-state="uploaded"]')).toHaveCount(count);
  await expect(box.locator('[data-file-state]')).toHaveCount(count);
}
