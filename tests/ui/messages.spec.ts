// Every page speaks one language: no key is missing (the watch sees it), and what is Chinese on an English page is data.
import { collect_data, foreign_words, gather } from './support/language.ts';
import { languages } from './support/messages.ts';
import { expect, test, type Person, type Wish } from './support/test.ts';
import { walk } from './support/walk.ts';

test.describe.configure({ mode: 'parallel', timeout: 600_000 });

for (const language of languages)
  test(`every page, ${language}`, async ({ places, person, world }) => {
    // A message names its student within a sentence of its own.
    const known = new Set<string>();
    for (const username of ['registrar', 'head', 'county', 'province', 'ministry']) {
      gather(await world.as(username).get('/api/v1/requests?limit=200'), known);
      // What somebody wrote stands at the end of a message, behind a colon.
      const messages = await world.as(username).get<{ items: { text: string }[] }>('/api/v1/notifications?limit=200');
      for (const { text } of messages.items) known.add(text.split(/: |：/).at(-1)!);
    }
    const told = new WeakMap<Person, Set<string>>();
    const listened = async (username: string, wish?: Wish) => {
      const one = await person(username, wish);
      told.set(one, collect_data(one.page, known));
      return one;
    };
    await walk(places, listened, { language }, async (at, { name }) => {
      const { page, t } = at;
      await expect.soft(page.locator('html'), name).toHaveAttribute('lang', language === 'en' ? 'en' : 'zh-CN');
      expect.soft(await page.title(), name).toContain(t('product.name'));
      const text = await page.locator('body').innerText();
      const unfilled = text.match(/\{\w+\}|\b[a-z_]+\.[a-z_]+\.[a-z_]+\b/g) ?? [];
      expect.soft(unfilled, `${name}: places left open, keys shown`).toEqual([]);
      if (language === 'en') expect.soft(await foreign_words(page, told.get(at)!), name).toEqual([]);
    });
  });
