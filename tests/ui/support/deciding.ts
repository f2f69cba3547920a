// What an officer does: sees a request come into the queue, opens it, decides.
import { expect, type Locator } from '@playwright/test';
import type { Person } from './person.ts';

/** The line of a request in the queue; the queue may show it at any moment, by itself. */
export const in_queue = ({ page }: Person, request: string): Locator =>
  page.getByRole('row').filter({ has: page.locator(`[data-request="${request}"]`) });

export async function open_from_queue(at: Person, request: string): Promise<void> {
  await in_queue(at, request).getByRole('link').click();
  await expect(at.page).toHaveURL(new RegExp(`/requests/${request}$`));
  await at.settled();
}

export const action = ({ page }: Person, key: string): Locator => page.locator(`[data-action="${key}"]`);
export const comment = ({ page }: Person): Locator => page.getByTestId('comment');

/** Decides and is back in the queue, where the request no longer is. */
export async function decide(at: Person, request: string, key: string, words?: string): Promise<void> {
  if (words !== undefined) await comment(at).fill(words);
  await action(at, key).click();
  const confirm = at.page.getByTestId('confirm');
  await expect(confirm.or(at.page.getByTestId('decided'))).toBeVisible();
  if (await confirm.isVisible()) await confirm.click();
  await expect(at.page.getByTestId('decided')).toBeVisible();
  await expect(in_queue(at, request)).toHaveCount(0);
}
