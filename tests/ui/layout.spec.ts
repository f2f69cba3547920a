// Nothing is cut off and no page scrolls sideways, on an old PC, a large one, a tablet, and at 200 % on the old PC.
import { too_wide } from './support/layout.ts';
import { languages } from './support/messages.ts';
import { expect, test } from './support/test.ts';
import { walk } from './support/walk.ts';

test.describe.configure({ mode: 'parallel', timeout: 600_000 });

const windows = {
  '1366 by 768': { width: 1366, height: 768 },
  '1920 by 1080': { width: 1920, height: 1080 },
  'a tablet': { width: 820, height: 1180 },
  '1366 by 768 at 200 %': { width: 683, height: 384 },
};

for (const language of languages)
  test(`every page in every window, ${language}`, async ({ places, person }) => {
    await walk(places, person, { language }, async (at, place) => {
      for (const [name, size] of Object.entries(windows)) {
        await at.page.setViewportSize(size);
        expect.soft(await too_wide(at), `${place.name}, ${name}`).toEqual({ wider_by: 0, cut: [] });
      }
    });
  });
