// The faults that axe can find on a page as it stands.
import AxeBuilder from '@axe-core/playwright';
import { expect } from '@playwright/test';
import type { Person } from './person.ts';

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

async function found_by(axe: AxeBuilder): Promise<string[]> {
  const { violations } = await axe.analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary ?? ''}`),
  );
}

/** In the light all that axe knows of; in the dark, where only colours are others, the contrast. */
export async function expect_no_faults({ page }: Person, name: string): Promise<void> {
  expect.soft(await found_by(new AxeBuilder({ page }).withTags(rules)), `${name}, light`).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect(page.locator('html')).toHaveClass(/dark/);
  await page.evaluate(() => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))));
  expect.soft(await found_by(new AxeBuilder({ page }).withRules('color-contrast')), `${name}, dark`).toEqual([]);
  await page.emulateMedia({ colorScheme: 'light' });
}
