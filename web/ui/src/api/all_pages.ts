import type { Page } from './types';

/** A list to its end, where it is short enough to be shown whole. */
export async function all_pages<Item>(fetch: (cursor?: string) => Promise<Page<Item>>): Promise<{ items: Item[] }> {
  const items: Item[] = [];
  let cursor: string | undefined;
  do {
    const page = await fetch(cursor);
    items.push(...page.items);
    cursor = page.next ?? undefined;
  } while (cursor);
  return { items };
}
