// Which words of a page are its own and which are data: an office keeps its Chinese name on an English page.
import type { Page } from '@playwright/test';

/** Members that the server writes in the reader's language; all others are data. */
const translated = /^(title|message|text|detail|description|help|.*Title)$/;

export function gather(value: unknown, into: Set<string>, key = ''): void {
  if (typeof value === 'string') {
    if (!translated.test(key)) into.add(value);
  } else if (Array.isArray(value)) for (const each of value) gather(each, into, key);
  else if (value !== null && typeof value === 'object')
    for (const [name, each] of Object.entries(value)) gather(each, into, key === 'fields' ? '' : name);
}

/** The texts that the page is told from now on, with those that are `known` before. */
export function collect_data(page: Page, known: Iterable<string> = []): Set<string> {
  const data = new Set(known);
  page.on('response', (response) => {
    if (!response.url().includes('/api/')) return;
    response.json().then(
      (body) => gather(body, data),
      () => undefined,
    );
  });
  return data;
}

/** What is Chinese on the page, is not marked as Chinese by `lang`, and is no data. */
export async function foreign_words(page: Page, data: ReadonlySet<string>): Promise<string[]> {
  const texts = await page.evaluate(() => {
    const found: string[] = [];
    const marked = (element: Element | null) => element?.closest('[lang]') !== document.documentElement;
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const parent = walker.currentNode.parentElement;
      if (parent?.checkVisibility() && !parent.closest('noscript') && !marked(parent))
        found.push(walker.currentNode.textContent ?? '');
    }
    for (const element of document.querySelectorAll('[aria-label],[title],[placeholder],[alt]'))
      if (!marked(element))
        for (const name of ['aria-label', 'title', 'placeholder', 'alt']) found.push(element.getAttribute(name) ?? '');
    return found;
  });
  const known = [...data]
    .filter((each) => /\p{Script=Han}/u.test(each))
    .sort((one, other) => other.length - one.length);
  const own = texts.map((text) => known.reduce((rest, each) => rest.replaceAll(each, ''), text));
  return own.map((text) => text.trim()).filter((text) => /\p{Script=Han}/u.test(text));
}
