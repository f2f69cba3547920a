// The list of tasks that nobody can decide, wherever it is shown.
import { expect, type Locator } from '@playwright/test';
import type { Person } from './person.ts';

/** The line of that request. */
export const in_list = (where: Locator, request: string): Locator =>
  where.getByRole('row').filter({ has: where.page().locator(`a[href="/requests/${request}"]`) });

/** It says whose post lacks somebody, and who stands in. */
export async function expect_told(at: Person, row: Locator, office: string): Promise<void> {
  await expect(row).toContainText(`${office} · ${at.t('role.reviewer')}`);
  const why = {
    zh: `「${office}」经办人现无人在岗`,
    en: `Nobody who can sign in is the reviewer at ${office} now`,
  };
  await expect(row).toContainText(why[at.language]);
}
