// Every page, in each language, opened once and looked at for all that must hold of each: it speaks one language (a
// missing key is seen by the watch), has no fault that axe can find, light or dark, and nothing is cut off in any window.
import { expect_no_faults } from './support/axe.ts';
import { collect_data, foreign_words, gather } from './support/language.ts';
import { too_wide } from './support/layout.ts';
import { languages } from './support/messages.ts';
import type { Place } from './support/places.ts';
import { expect, test, type Person, type Wish } from './support/test.ts';
import { walk } from './support/walk.ts';
import type { World } from './support/world.ts';

test.describe.configure({ mode: 'parallel', timeout: 600_000 });

/** What people have written, and names, which stand on the page of either language as they are. */
async function data_of_people(world: World): Promise<Set<string>> {
  const known = new Set<string>();
  // A message names its student within a sentence of its own.
  for (const username of ['registrar', 'head', 'county', 'province', 'ministry']) {
    gather(await world.as(username).get('/api/v1/requests?limit=200'), known);
    // What somebody wrote stands at the end of a message, behind a colon.
    const messages = await world.as(username).get<{ items: { text: string }[] }>('/api/v1/notifications?limit=200');
    for (const { text } of messages.items) known.add(text.split(/: |：/).at(-1)!);
  }
  return known;
}

/** What is Chinese on an English page is data, and what stands there has been filled in. */
async function expect_one_language({ page, t, language }: Person, name: string, data: ReadonlySet<string>) {
  await expect.soft(page.locator('html'), name).toHaveAttribute('lang', language === 'en' ? 'en' : 'zh-CN');
  expect.soft(await page.title(), name).toContain(t('product.name'));
  const text = await page.locator('body').innerText();
  const unfilled = text.match(/\{\w+\}|\b[a-z_]+\.[a-z_]+\.[a-z_]+\b/g) ?? [];
  expect.soft(unfilled, `${name}: places left open, keys shown`).toEqual([]);
  if (language === 'en') expect.soft(await foreign_words(page, data), name).toEqual([]);
}

/** An old PC, a large one, a tablet, and 200 % on the old PC. */
const windows = {
  '1366 by 768': { width: 1366, height: 768 },
  '1920 by 1080': { width: 1920, height: 1080 },
  'a tablet': { width: 820, height: 1180 },
  '1366 by 768 at 200 %': { width: 683, height: 384 },
};

/** No page is cut off or scrolls sideways; it is left in the window in which it was opened. */
async function expect_to_fit(at: Person, { name }: Place) {
  const opened_in = at.page.viewportSize()!;
  for (const [window, size] of Object.entries(windows)) {
    await at.page.setViewportSize(size);
    expect.soft(await too_wide(at), `${name}, ${window}`).toEqual({ wider_by: 0, cut: [] });
  }
  await at.page.setViewportSize(opened_in);
}

for (const language of languages)
  test(`every page, ${language}`, async ({ places, person, world }) => {
    const known = await data_of_people(world);
    const told = new WeakMap<Person, Set<string>>();
    const listened = async (username: string, wish?: Wish) => {
      const one = await person(username, wish);
      told.set(one, collect_data(one.page, known));
      return one;
    };
    await walk(places, listened, { language }, async (at, place) => {
      await expect_one_language(at, place.name, told.get(at)!);
      await expect_no_faults(at, place.name);
      await expect_to_fit(at, place);
    });
  });
