// Whether a page fits its window.
import type { Person } from './person.ts';

export interface Fit {
  wider_by: number;
  cut: string[];
}

/** By how many pixels the page is wider than its window, and which words end beyond what shows them. */
export function too_wide({ page }: Person): Promise<Fit> {
  return page.evaluate(() => {
    const cut: string[] = [];
    const limit = document.documentElement.clientWidth;
    const words_of = (element: Element): DOMRect => {
      const range = document.createRange();
      range.selectNodeContents(element);
      return range.getBoundingClientRect();
    };
    /** The nearest that ends what stands in it, if any: by scrolling, by dots, or by cutting it off. */
    const ends_words = (element: Element | null): Element | null =>
      element === null || getComputedStyle(element).overflowX !== 'visible'
        ? element
        : ends_words(element.parentElement);
    for (const element of document.querySelectorAll('#app *')) {
      const own_text = [...element.childNodes].some(
        (node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim(),
      );
      if (!own_text || !element.checkVisibility({ visibilityProperty: true }) || element.closest('.unseen')) continue;
      const words = words_of(element);
      const frame = ends_words(element);
      const style = frame && getComputedStyle(frame);
      if (frame && style && /hidden|clip/.test(style.overflowX) && style.textOverflow !== 'ellipsis') {
        const { right, left, width } = frame.getBoundingClientRect();
        if (width > 1 && (words.right > right + 1 || words.left < left - 1))
          cut.push(`clipped: ${element.textContent?.trim()}`);
      } else if (!frame && words.right > limit + 1) cut.push(`beyond the window: ${element.textContent?.trim()}`);
    }
    return { wider_by: Math.max(0, document.documentElement.scrollWidth - limit), cut };
  });
}
