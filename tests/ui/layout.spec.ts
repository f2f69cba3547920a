// Nothing is cut off and no page scrolls sideways, on an old PC, a large one, a tablet, and at 200 % on the old PC.
import { expect, test, type Person, type Wish } from './support/test.ts';
import { walk } from './support/walk.ts';

test.describe.configure({ mode: 'parallel', timeout: 300_000 });

const windows: Record<string, Wish> = {
  '1366 by 768': { viewport: { width: 1366, height: 768 } },
  '1920 by 1080': { viewport: { width: 1920, height: 1080 } },
  'a tablet': { viewport: { width: 820, height: 1180 } },
  '1366 by 768 at 200 %': { viewport: { width: 683, height: 384 }, scale: 2 },
};

/** By how many pixels the page is wider than its window, and which words end beyond what shows them. */
function too_wide({ page }: Person): Promise<{ wider_by: number; cut: string[] }> {
  return page.evaluate(() => {
    const cut: string[] = [];
    const limit = document.documentElement.clientWidth;
    const scrolls = (element: Element | null): boolean =>
      element !== null &&
      (/auto|scroll|clip|hidden/.test(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
    for (const element of document.querySelectorAll('#app *')) {
      const own_text = [...element.childNodes].some(
        (node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim(),
      );
      if (!own_text || !element.checkVisibility({ visibilityProperty: true }) || element.closest('.unseen')) continue;
      const style = getComputedStyle(element);
      const clips = style.overflowX !== 'visible' && style.textOverflow !== 'ellipsis';
      const box = element.getBoundingClientRect();
      if (clips && element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 1)
        cut.push(`clipped: ${element.textContent?.trim()}`);
      else if (box.right > limit + 1 && !scrolls(element.parentElement))
        cut.push(`beyond the window: ${element.textContent?.trim()}`);
    }
    return { wider_by: Math.max(0, document.documentElement.scrollWidth - limit), cut };
  });
}

for (const [name, wish] of Object.entries(windows))
  for (const language of ['zh', 'en'] as const)
    test(`every page, ${name}, ${language}`, async ({ places, person }) => {
      await walk(places, person, { ...wish, language }, async (at, place) => {
        expect.soft(await too_wide(at), place.name).toEqual({ wider_by: 0, cut: [] });
      });
    });
