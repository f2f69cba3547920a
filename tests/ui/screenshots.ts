// Pictures of every page in both languages and themes, into the folder XUEJI_SCREENSHOTS; a chosen dozen also small, for
// the documentation.
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { languages } from './support/messages.ts';
import type { Place } from './support/places.ts';
import { test, type Person, type Wish } from './support/test.ts';
import { walk } from './support/walk.ts';

const folder = resolve(process.env.XUEJI_SCREENSHOTS ?? 'screenshots');

const windows: Record<string, NonNullable<Wish['viewport']>> = {
  '1366': { width: 1366, height: 768 },
  '1920': { width: 1920, height: 1080 },
  '820': { width: 820, height: 1180 },
};

const file_name = (place: Place): string => place.name.replaceAll(/[^a-z]+/g, '-');

async function take({ page }: Person, into: string, place: Place): Promise<void> {
  mkdirSync(join(folder, into), { recursive: true });
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: join(folder, into, `${file_name(place)}.png`), animations: 'disabled' });
}

for (const [width, viewport] of Object.entries(windows))
  for (const language of languages)
    for (const scheme of ['light', 'dark'] as const) {
      // Large and narrow windows are alike in both themes.
      if (width !== '1366' && scheme === 'dark') continue;
      test(`${width} ${language} ${scheme}`, async ({ places, person }) => {
        await walk(places, person, { language, scheme, viewport }, (at, place) =>
          take(at, `${width}-${language}-${scheme}`, place),
        );
      });
    }
