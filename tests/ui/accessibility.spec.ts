// No page has a fault that axe can find, in either language, light or dark.
import AxeBuilder from '@axe-core/playwright';
import { languages } from './support/messages.ts';
import { expect, test, type Person } from './support/test.ts';
import { walk } from './support/walk.ts';

test.describe.configure({ mode: 'parallel', timeout: 180_000 });

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

async function faults_of({ page }: Person): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(rules).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary ?? ''}`),
  );
}

for (const language of languages)
  for (const scheme of ['light', 'dark'] as const)
    test(`every page, ${language}, ${scheme}`, async ({ places, person }) => {
      await walk(places, person, { language, scheme }, async (at, place) => {
        expect.soft(await faults_of(at), place.name).toEqual([]);
      });
    });
