// What an officer did by mistake is undone, with what they had typed; what they meant is done in time, whatever becomes of
// their browser; a double click decides once and does nothing else.
import { setTimeout as pause } from 'node:timers/promises';
import type { Locator } from '@playwright/test';
import { action, comment, in_queue, open_from_queue } from './support/deciding.ts';
import { png } from './support/files.ts';
import { until } from './support/program.ts';
import { expect, test, type Person } from './support/test.ts';
import type { World } from './support/world.ts';

test.use({ undo_seconds: 10 });

/** Between the two clicks of a hand; and so long that they are two clicks. */
const slow_double_click_ms = 600;
const two_clicks_ms = 1_400;

const bar = ({ page }: Person) => page.getByTestId('undo-bar');
const undo = ({ page }: Person) => page.getByTestId('undo');
const state_of = async (world: World, id: string) => (await world.as('registrar').request(id)).state.key;
const reaches = (world: World, id: string, state: string) =>
  until(async () => (await state_of(world, id)) === state, `${id} to be at ${state}`);

const filed_for_head = (world: World) => world.as('registrar').file(world.name_change(), png());

async function in_the_page(officer: Person, id: string) {
  await officer.open('/queue?sort=-since');
  await open_from_queue(officer, id);
}

/** Two clicks at one place, so far apart as a slow hand makes them. */
async function click_twice_slowly({ page }: Person, at: Locator) {
  const box = (await at.boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.up();
  await pause(slow_double_click_ms);
  await page.mouse.down();
  await page.mouse.up();
}

test('a decision is undone from the queue, and the page is as it was', async ({ person, world }) => {
  const { id, student } = await filed_for_head(world);
  const head = await person('head');
  await in_the_page(head, id);
  await comment(head).fill('与户口簿核对一致');
  await action(head, 'approve').click();

  await expect(bar(head)).toContainText('同意');
  await expect(bar(head)).toContainText(student.name);
  await expect(bar(head)).toContainText(/\d 秒后生效/);
  await expect(in_queue(head, id).getByTestId('pending-row')).toHaveText('待生效：您已办理“同意”');
  await undo(head).click();

  await expect(head.page).toHaveURL(new RegExp(`/requests/${id}$`));
  await expect(comment(head)).toHaveValue('与户口簿核对一致');
  await expect(bar(head)).toHaveCount(0);
  await expect(action(head, 'approve')).toBeEnabled();
  expect(await state_of(world, id)).toBe('head_review');
  head.expect_loaded_once();
});

test('a return is undone by its key where one has stayed on the page, in English', async ({ person, world }) => {
  const { id } = await filed_for_head(world);
  const head = await person('head', { language: 'en' });
  await head.open(`/requests/${id}`);
  await comment(head).fill('Page two is missing');
  await action(head, 'return').click();
  await pause(two_clicks_ms);
  await head.page.getByTestId('confirm').click();
  await expect(head.page.getByTestId('pending')).toContainText('You did "Return"');
  await expect(bar(head)).toContainText(/takes effect in \d+ seconds?/);
  await head.page.keyboard.press('z');

  await expect(head.page.getByTestId('pending')).toHaveCount(0);
  await expect(comment(head)).toHaveValue('Page two is missing');
  await expect(head.page.getByTestId('confirm')).toBeVisible();
  expect(await state_of(world, id)).toBe('head_review');
});

test('it is done when the time has passed, and others see who has done what meanwhile', async ({ person, world }) => {
  const { id } = await filed_for_head(world);
  const [head, registrar] = [await person('head'), await person('registrar')];
  await registrar.open(`/requests/${id}`);
  await head.open(`/requests/${id}`);
  await action(head, 'approve').click();

  const { name } = await world.as('head').get<{ name: string }>('/api/v1/me');
  await expect(registrar.page.getByTestId('pending')).toContainText(`${name}已办理“同意”，即将生效。您此时办理的`);
  await expect(action(registrar, 'withdraw')).toBeEnabled();
  await expect(head.page.locator('.state-tag').first()).toHaveText('主管部门经办', { timeout: 15_000 });
  await expect(bar(head)).toHaveCount(0);
  await expect(head.page.getByTestId('newer')).toHaveCount(0);
  await expect(registrar.page.getByTestId('newer')).toContainText('同意');
});

test('it can be undone after the page was loaded anew', async ({ person, world }) => {
  const { id } = await filed_for_head(world);
  const head = await person('head');
  await head.open(`/requests/${id}`);
  await action(head, 'approve').click();
  await expect(bar(head)).toBeVisible();
  await head.open(`/requests/${id}`);
  await undo(head).click();
  await expect(head.page.getByTestId('pending')).toHaveCount(0);
  await expect(action(head, 'approve')).toBeEnabled();
  expect(await state_of(world, id)).toBe('head_review');
});

test('it is done though the browser was killed', async ({ person, world }) => {
  const { id } = await filed_for_head(world);
  const head = await person('head');
  await head.open(`/requests/${id}`);
  await action(head, 'approve').click();
  await expect(bar(head)).toBeVisible();
  await head.context.close();
  expect(await state_of(world, id)).toBe('head_review');
  await reaches(world, id, 'county_review');
});

test('whoever is passed over by another is told', async ({ person, world }) => {
  const { id } = await filed_for_head(world);
  const head = await person('head');
  await head.open(`/requests/${id}`);
  await action(head, 'approve').click();
  await expect(bar(head)).toBeVisible();
  await world.as('registrar').act(id, 'withdraw', '填错了');
  await expect(head.page.locator('.el-message')).toContainText('“同意”没有办理，原因见消息');
  await expect(bar(head)).toHaveCount(0);
  await head.page.getByTestId('bell').click();
  await expect(head.page.getByText(/“同意”未办理：他人已先行办理（撤回）/)).toBeVisible();
});

test('a slow double click decides once and opens nothing else', async ({ person, world }) => {
  const requests = [await filed_for_head(world), await filed_for_head(world)];
  const head = await person('head');
  await in_the_page(head, requests[1]!.id);
  const acts: string[] = [];
  head.page.on('request', (call) => call.method() === 'POST' && acts.push(call.url()));
  await click_twice_slowly(head, action(head, 'approve'));
  await expect(bar(head)).toHaveCount(1);
  await expect(head.page).toHaveURL(/\/queue/);
  expect(acts.filter((url) => url.includes('/actions/'))).toHaveLength(1);

  await undo(head).click();
  await expect(comment(head)).toBeVisible();
  await pause(two_clicks_ms);
  await click_twice_slowly(head, action(head, 'return'));
  await expect(head.page.getByTestId('confirm')).toBeVisible();
  expect(acts.filter((url) => url.includes('/actions/'))).toHaveLength(1);
  for (const { id } of requests) expect(await state_of(world, id)).toBe('head_review');
});

test('the queue names what a check found suspect', async ({ person, world }) => {
  const { id } = await world.as('registrar').file(world.suspect(), png());
  for (const officer of ['head', 'county', 'county-approver']) await world.as(officer).act(id, 'approve');
  await reaches(world, id, 'county_findings');
  const county = await person('county');
  await county.open('/queue?sort=-since');
  await expect(in_queue(county, id).getByTestId('suspect')).toContainText('核查存疑：');
});
