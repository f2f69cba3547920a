// Every page speaks one language: no key is missing (the watch sees it), and what is Chinese on an English page is data.
import { collect_data, foreign_words, gather } from './support/language.ts';
import { languages } from './support/messages.ts';
import { expect, test } from './support/test.ts';
import { walk } from './support/walk.ts';

test.describe.configure({ mode: 'parallel', timeout: 300_000 });

for (const language of languages)
  test(`every page, ${language}`, async ({ places, person }) => {
    await walk(places, person, { language }, async ({ page, t }, place) => {
      await expect.soft(page.locator('html'), place.name).toHaveAttribute('lang', language === 'en' ? 'en' : 'zh-CN');
      expect.soft(await page.title(), place.name).toContain(t('product.name'));
      const text = await page.locator('body').innerText();
      expect
        .soft(text.match(/\{\w+\}|\b[a-z_]+\.[a-z_]+\.[a-z_]+\b/g) ?? [], `${place.name}: places left open, keys shown`)
        .toEqual([]);
    });
  });

test('an English page has no Chinese words but data', async ({ places, person, world }) => {
  // A message names its student within a sentence of its own.
  const known = new Set<string>();
  for (const username of ['registrar', 'county', 'province', 'ministry'])
    gather(await world.as(username).get('/api/v1/requests?limit=200'), known);
  const seen = new WeakMap<object, Set<string>>();
  const listened = async (...[username, wish]: Parameters<typeof person>) => {
    const one = await person(username, wish);
    seen.set(one, collect_data(one.page, known));
    return one;
  };
  await walk(places, listened, { language: 'en' }, async (at, place) => {
    expect.soft(await foreign_words(at.page, seen.get(at)!), place.name).toEqual([]);
  });
});
