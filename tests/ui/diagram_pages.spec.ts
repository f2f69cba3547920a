// The procedure as a picture: a request's page shows where it stands and the way it came, a definition's page how many
// stand where and how long they wait; both while others decide.
import { name_change } from './support/api.ts';
import { png } from './support/files.ts';
import { languages } from './support/messages.ts';
import { expect, test, type Person } from './support/test.ts';

const diagram = ({ page }: Person) => page.getByTestId('diagram');
const state = (at: Person, key: string) => diagram(at).locator(`[data-state="${key}"]`);
const travelled = (at: Person) =>
  diagram(at)
    .locator('.travelled')
    .evaluateAll((links) => links.map((link) => `${link.getAttribute('data-from')} ${link.getAttribute('data-to')}`));

const words = {
  zh: { here: '当前环节', ended: '已结束', county: '主管部门经办', held: '经办' },
  en: { here: 'Now here', ended: 'Ended here', county: 'Review by the authority', held: 'Reviewer' },
};

for (const language of languages)
  test(`an officer sees where a request stands and how it got there, ${language}`, async ({ person, world }) => {
    const { id } = await world.as('registrar').file(world.name_change(), png());
    await world.as('head').act(id, 'return', '第二页看不清');
    await world.as('registrar').act(id, 'submit');
    await world.as('head').act(id, 'approve');
    const county = await person('county', { language });
    await county.open(`/requests/${id}`);
    await expect(state(county, 'county_review')).toHaveClass(/here/);
    await expect(state(county, 'county_review')).toContainText(words[language].here);
    await expect(diagram(county).locator('.here')).toHaveCount(1);
    await expect(county.page.getByTestId('tokens')).toContainText(words[language].county);
    await expect(county.page.getByTestId('tokens')).toContainText(words[language].held);
    expect((await travelled(county)).sort()).toEqual([
      'draft head_review',
      'head_review county_review',
      'head_review draft',
    ]);
    await expect(diagram(county).locator('.passed')).toHaveCount(2);
  });

test('the token moves on when one decides, and rests on the end', async ({ person, world }) => {
  const { id } = await world.as('registrar').file(world.name_change(), png());
  const registrar = await person('registrar', { language: 'en' });
  await registrar.open(`/requests/${id}`);
  await expect(state(registrar, 'head_review')).toHaveClass(/here/);
  await world.as('head').act(id, 'reject', '材料不符');
  await registrar.page.getByRole('button', { name: registrar.t('request.show_newer') }).click();
  await expect(state(registrar, 'rejected')).toHaveClass(/here/);
  await expect(state(registrar, 'rejected')).toContainText(words.en.ended);
  await expect(state(registrar, 'head_review')).not.toHaveClass(/here/);
  registrar.expect_loaded_once();
});

test('an administrator sees how many stand where and how long they wait, as it changes', async ({ person, world }) => {
  const admin = await person('admin');
  await admin.open(`/administration/definitions/${name_change}/4`);
  const badge = state(admin, 'head_review').locator('.badge');
  const count = async () => Number(/^(\d+) 件/.exec((await badge.textContent()) ?? '')?.[1]);
  await expect(badge).toHaveText(/^\d+ 件 · /);
  await expect(state(admin, 'head_review')).toHaveClass(/heat-[0-4]/);
  await expect(state(admin, 'head_review').locator('title').first()).toHaveText(/平均 .+，最长 .+；逾期 \d+ 件/);
  await expect(admin.page.getByText('14 天以上')).toBeVisible();
  const before = await count();
  await world.as('registrar').file(world.name_change(), png());
  await expect.poll(count, { timeout: 25_000 }).toBe(before + 1);
  admin.expect_loaded_once();
});

test('on a telephone the picture stays legible and moves sideways to the token', async ({ person, world }) => {
  const { id } = await world.as('registrar').file(world.name_change(), png());
  const head = await person('head', { language: 'en', viewport: { width: 375, height: 760 } });
  await head.open(`/requests/${id}`);
  const card = state(head, 'head_review').locator('rect').first();
  await card.scrollIntoViewIfNeeded();
  const box = await card.boundingBox();
  expect(box!.width).toBeGreaterThan(150);
  expect(box!.x).toBeGreaterThanOrEqual(0);
  expect(box!.x + box!.width).toBeLessThanOrEqual(375);
});
