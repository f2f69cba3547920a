// What a registrar does in a form: types, drops scans on it, chooses others, submits.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { expect, type Locator, test } from '@playwright/test';
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

/** One of a few choices, by its title. */
export async function choose(at: Person, key: string, title: string): Promise<void> {
  await field(at, key).getByText(title, { exact: true }).click();
}

/** One of a list that opens, by its title. A calendar that closes takes the focus back, and the list with it: then it is
 *  opened again, as by a hand. */
export async function choose_from_list(at: Person, key: string, title: string): Promise<void> {
  await expect(async () => {
    await field(at, key).getByRole('combobox').press('Enter');
    await at.page.getByRole('option', { name: title, exact: true }).locator('visible=true').click({ timeout: 2000 });
    await expect(field(at, key).locator('.el-select__wrapper')).toContainText(title, { timeout: 2000 });
  }).toPass();
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

/** Kept until the end of the run: Chromium reads a chosen file only when the page sends it. */
async function save_for_this_test({ name, buffer }: Scan): Promise<string> {
  const path = test.info().outputPath('scans', name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, buffer);
  return path;
}

/** By the button and the window of the system in which files are chosen; from files, as a person does: megabytes sent
 *  through the test's own connection to Chromium would take longer than the upload. */
export async function choose_scans(at: Person, kind: string, ...scans: Scan[]): Promise<void> {
  const [chooser] = await Promise.all([
    at.page.waitForEvent('filechooser'),
    evidence_box(at, kind).getByTestId('choose-file').click(),
  ]);
  const paths = await Promise.all(scans.map(save_for_this_test));
  await chooser.setFiles(paths);
}

/** So many scans of that kind are uploaded, and none is under way or refused. */
export async function expect_uploaded(at: Person, kind: string, count: number): Promise<void> {
  const box = evidence_box(at, kind);
  await expect(box.locator('[data-file-state="uploaded"]')).toHaveCount(count);
  await expect(box.locator('[data-file-state]')).toHaveCount(count);
}
