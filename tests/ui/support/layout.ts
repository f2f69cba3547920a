// Whether a page fits its window.
import type { Person } from './person.ts';

/** By how many pixels the page is wider than its window, and which words end beyond what shows them. */
export function too_wide({ page }: Person): Promise<{ wider_by: number; cut: string[] }> {
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
