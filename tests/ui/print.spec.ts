// A request on paper: all that its page says and every scan, each page of it on a sheet of its own, with numbers; nothing
// of the screen, nothing cut.
import { randomUUID } from 'node:crypto';
import type { Request } from './support/api.ts';
import { chart, chart_colour, pdf, png } from './support/files.ts';
import { languages } from './support/messages.ts';
import { printed, type Paper } from './support/paper.ts';
import { expect, test } from './support/test.ts';
import type { World } from './support/world.ts';

const long_name = `阿卜杜热合曼·${'买买提吐尔逊'.repeat(7)}江`;
const long_comment = '经核对户口簿原件，信息一致，同意办理。'.repeat(25);

/** With a long name, a long comment, a picture and a PDF of two pages. */
async function filed(world: World, language: string): Promise<Request> {
  const example = world.name_change();
  const registrar = world.as('registrar');
  const request = await registrar.post<Request>(
    '/api/v1/requests',
    {
      workflow: example.workflow,
      student: example.student,
      fields: { new_name: long_name, ground: 'entry_wrong', reason: '户口簿登记错误' },
      evidence: [
        { kind: 'other_certificate', sha256: await registrar.upload(pdf(), '证明.pdf', 'application/pdf') },
        { kind: 'household_register', sha256: await registrar.upload(chart(), '户口簿.png') },
      ],
      submit: true,
    },
    { 'Idempotency-Key': randomUUID() },
  );
  await world.as('head').act(request.id, 'approve', long_comment);
  return registrar.call('GET', `/api/v1/requests/${request.id}`, undefined, { 'Accept-Language': language });
}

const is_ink = ([red, green, blue]: number[]) => Math.min(red!, green!, blue!) < 200;
const is_magenta = ([red, green, blue]: number[]) => red! > 200 && green! < 80 && blue! > 200;

/** The share of places at which a sheet shows what the chart has there, within the box of its edge. */
function likeness(sheet: Paper, colour_at: typeof chart_colour): number {
  const box = sheet.box(is_magenta);
  if (!box) return 0;
  let [alike, all] = [0, 0];
  for (let y = 0.03; y < 0.97; y += 0.013)
    for (let x = 0.03; x < 0.97; x += 0.017) {
      const seen = sheet.colour(box.left + x * (box.right - box.left), box.top + y * (box.bottom - box.top));
      const meant = colour_at(x, y);
      all++;
      if (seen.every((value, which) => Math.abs(value - meant[which]!) < 40)) alike++;
    }
  return alike / all;
}

for (const language of languages)
  test(`a request prints as a dossier, ${language}`, async ({ person, world }) => {
    const request = await filed(world, language);
    const county = await person('county', { language, scheme: 'dark' });
    await county.open(`/requests/${request.id}`);
    const { words, sheets } = await printed(county.page);
    await expect(county.page.getByTestId('dossier')).toHaveCount(0);

    const count = sheets.length;
    words.forEach((sheet, place) =>
      expect(sheet.replaceAll(' ', '')).toContain(
        language === 'zh' ? `第${place + 1}页共${count}页` : `Page${place + 1}of${count}`,
      ),
    );
    const told = words.slice(0, -3).join('\n').replaceAll(/\s/g, '');
    const expect_told = (text: string) => expect(told).toContain(text.replaceAll(/\s/g, ''));
    const student = await world.as('registrar').student(request.student.id);
    for (const text of [request.id, request.workflow.title, request.state.title, student.birthDate]) expect_told(text);
    for (const text of [long_name, student.name, student.school.name, long_comment, '户口簿登记错误'])
      expect_told(text);
    for (const key of ['dossier.printed', 'request.record', 'change.old', 'change.new', 'request.history'])
      expect_told(county.t(key));
    expect_told('（county）');
    for (const key of ['frame.navigation', 'request.comment', 'dossier.print', 'history.chained', 'evidence.fit_width'])
      expect(words.join('\n').split('\n')).not.toContain(county.t(key));

    // The scans: the picture, then both pages of the PDF, each on its own sheet and no sheet empty.
    const scans = words.slice(-3);
    scans.forEach((sheet, place) =>
      expect(sheet).toContain(county.t('dossier.scan_of', { number: place + 1, count: 3, request: request.id })),
    );
    expect(scans[0]).toContain('户口簿.png');
    expect(scans[1]).toContain(county.t('dossier.page_of', { page: 1, pages: 2 }));
    expect(scans[2]).toContain(county.t('dossier.page_of', { page: 2, pages: 2 }));
    for (const sheet of sheets) {
      const box = sheet.box(is_ink)!;
      expect([sheet.mm(sheet.width), sheet.mm(sheet.height)].map(Math.round)).toEqual([210, 297]);
      expect(sheet.mm(box.left)).toBeGreaterThan(12);
      expect(sheet.mm(sheet.width - box.right)).toBeGreaterThan(12);
      expect(sheet.colour(2, 2)).toEqual([255, 255, 255]);
    }
    const picture = sheets.at(-3)!;
    const box = picture.box(is_magenta)!;
    expect((box.bottom - box.top) / (box.right - box.left)).toBeCloseTo(1100 / 800, 1);
    expect(picture.mm(box.right - box.left)).toBeGreaterThan(170);
    expect(likeness(picture, chart_colour)).toBeGreaterThan(0.94);
    expect(likeness(picture, (x, y) => chart_colour(y, x))).toBeLessThan(0.5);
  });

test('by the button, with the scans of an earlier submission', async ({ person, world }) => {
  const filed_once = await world.as('registrar').file(world.name_change(), chart());
  await world.as('head').act(filed_once.id, 'return', '请换户口簿');
  const registrar = world.as('registrar');
  const { version } = await registrar.request(filed_once.id);
  const evidence = [{ kind: 'household_register', sha256: await registrar.upload(png(), '新户口簿.png') }];
  await registrar.call(
    'PATCH',
    `/api/v1/requests/${filed_once.id}`,
    { evidence },
    { 'If-Match': `"${version}"`, 'Idempotency-Key': randomUUID() },
  );
  await registrar.act(filed_once.id, 'submit');
  const head = await person('head');
  await head.open(`/requests/${filed_once.id}`);
  await head.page.evaluate(() => {
    window.print = () => document.documentElement.setAttribute('data-asked-to-print', '');
  });
  await head.button('dossier.print').click();
  await expect(head.page.locator('html[data-asked-to-print]')).toHaveCount(1);
  const dossier = head.page.getByTestId('dossier');
  const pictures = dossier.locator('img');
  await expect(pictures).toHaveCount(2);
  const complete = await pictures.evaluateAll((all: HTMLImageElement[]) => all.map((each) => each.naturalWidth > 0));
  expect(complete).toEqual([true, true]);
  await expect(dossier).toBeHidden();
  await expect(dossier).toContainText('新户口簿.png');
  await expect(dossier).toContainText('仅见于第 1 次提交');
  await head.page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
  await expect(dossier).toHaveCount(0);
});
