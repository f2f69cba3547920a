// The watch and axe are tried on planted faults: what never finds anything proves nothing.
import AxeBuilder from '@axe-core/playwright';
import { collect_data, foreign_words } from './support/language.ts';
import { too_wide } from './support/layout.ts';
import { expect, test, type Person } from './support/test.ts';

/** Plants it, and waits until the watch tells of it in these words, perhaps among others. */
async function expect_seen(at: Person, words: string, fault: () => void): Promise<void> {
  const before = at.watch.faults.length;
  await at.page.evaluate(fault);
  await expect.poll(() => at.watch.faults.slice(before).join('\n')).toContain(words);
}

test('the watch sees what goes wrong in a page', async ({ person }) => {
  const registrar = await person('registrar');
  await registrar.open('/help');
  await expect_seen(registrar, 'planted is missing', () => console.error('The message planted is missing in zh.'));
  await expect_seen(
    registrar,
    'error in the page',
    () =>
      void setTimeout(() => {
        throw new Error('planted');
      }),
  );
  await expect_seen(
    registrar,
    'connect-src blocked http://127.0.0.1:9/planted',
    () => void fetch('http://127.0.0.1:9/planted').catch(() => 0),
  );
  await expect_seen(registrar, 'style-src', () =>
    document.body.append(Object.assign(document.createElement('style'), { textContent: 'b{}' })),
  );
  expect(registrar.watch.unexpected()).toEqual(registrar.watch.faults);
  registrar.watch.expect(/./);
});

test('axe finds a planted fault', async ({ person }) => {
  const registrar = await person('registrar');
  await registrar.open('/help');
  await registrar.page.evaluate(() => document.querySelector('main')!.append(document.createElement('button')));
  const { violations } = await new AxeBuilder({ page: registrar.page }).withTags('wcag2a').analyze();
  expect(violations.map(({ id }) => id)).toContain('button-name');
});

test('a Chinese word of our own is found on an English page', async ({ person }) => {
  const registrar = await person('registrar', { language: 'en' });
  const data = collect_data(registrar.page);
  await registrar.open('/help');
  await registrar.page.evaluate(() => document.querySelector('h1')!.append('帮助'));
  expect(await foreign_words(registrar.page, data)).toEqual([expect.stringContaining('帮助')]);
});

test('a page that is too wide, and words that are cut, are found', async ({ person }) => {
  const registrar = await person('registrar');
  await registrar.open('/help');
  expect(await too_wide(registrar)).toEqual({ wider_by: 0, cut: [] });
  await registrar.page.evaluate(() => {
    const heading = document.querySelector('h1')!;
    heading.textContent = '宽'.repeat(200);
    heading.style.whiteSpace = 'nowrap';
  });
  const wide = await too_wide(registrar);
  expect(wide.wider_by).toBeGreaterThan(0);
  expect(wide.cut).toEqual([expect.stringContaining('beyond the window')]);
  await registrar.page.evaluate(() => (document.querySelector('h1')!.style.overflow = 'hidden'));
  expect((await too_wide(registrar)).cut).toEqual([expect.stringContaining('clipped')]);
});

test('a cut line is cut for calls and for live events', async ({ person }) => {
  const registrar = await person('registrar');
  const [socket] = await Promise.all([registrar.page.waitForEvent('websocket'), registrar.open('/help')]);
  registrar.watch.expect(/WebSocket connection|ERR_/);
  const closed = socket.waitForEvent('close');
  registrar.line.cut('reset');
  await closed;
  const ask = () =>
    registrar.page.evaluate(() =>
      fetch('/healthz').then(
        (answer) => answer.ok,
        () => false,
      ),
    );
  expect(await ask()).toBe(false);
  registrar.line.restore();
  await expect.poll(ask).toBe(true);
});
