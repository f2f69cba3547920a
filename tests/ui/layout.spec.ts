// Nothing is cut off and no page scrolls sideways, on an old PC, a large one, a tablet, and at 200 % on the old PC.
import { too_wide } from './support/layout.ts';
import { expect, test, type Wish } from './support/test.ts';
import { walk } from './support/walk.ts';

test.describe.configure({ mode: 'parallel', timeout: 300_000 });

const windows: Record<string, Wish> = {
  '1366 by 768': { viewport: { width: 1366, height: 768 } },
  '1920 by 1080': { viewport: { width: 1920, height: 1080 } },
  'a tablet': { viewport: { width: 820, height: 1180 } },
  '1366 by 768 at 200 %': { viewport: { width: 683, height: 384 }, scale: 2 },
};

for (const [name, wish] of Object.entries(windows))
  for (const language of ['zh', 'en'] as const)
    test(`every page, ${name}, ${language}`, async ({ places, person }) => {
      await walk(places, person, { ...wish, language }, async (at, place) => {
        expect.soft(await too_wide(at), place.name).toEqual({ wider_by: 0, cut: [] });
      });
    });
