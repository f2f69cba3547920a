// Findings of a check: rows are added, filled in by the keyboard and taken out; who reads them begins what mends them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from '@playwright/test';
import type { Request } from './support/api.ts';
import { expect_no_faults } from './support/axe.ts';
import { languages } from './support/messages.ts';
import { too_wide } from './support/layout.ts';
import { root } from './support/program.ts';
import { expect, test, type Person } from './support/test.ts';

test.describe.configure({ timeout: 120_000 });

const check = 'record-findings';
const rows_of = ({ page }: Person): Locator => page.locator('[data-rows="findings"] [data-row]');
const cell = (at: Person, row: number, key: string): Locator => rows_of(at).nth(row).locator(`[data-cell="${key}"]`);
const input = (at: Person, row: number, key: string): Locator => cell(at, row, key).locator('input').first();

async function choose(at: Person, row: number, title: string) {
  await cell(at, row, 'kind').locator('.el-select__wrapper').click();
  await at.page.getByRole('option', { name: title, exact: true }).locator('visible=true').click();
}

for (const language of languages)
  test(`what a check found is written down row by row, and mended, ${language}`, async ({ person, world }) => {
    world.deploy(readFileSync(join(root, `tests/routes/${check}.yaml`), 'utf8'));
    const [absent, wrong] = language === 'zh' ? ['人不在校', '登记有误'] : ['Not at school', 'Wrong entry'];
    const free = await world.free_students('registrar');
    const pupil = free[languages.indexOf(language)]!;
    const registrar = await person('registrar', { language });

    await test.step('rows are added by the button and by Enter', async () => {
      await registrar.open(`/students/${pupil.id}/business/${check}`);
      await expect(rows_of(registrar)).toHaveCount(0);
      await registrar.page.getByTestId('add-row').click();
      await expect(input(registrar, 0, 'kind')).toBeFocused();
      await choose(registrar, 0, wrong);
      await input(registrar, 0, 'found_on').fill('2026-09-01');
      await input(registrar, 0, 'found_on').press('Enter');
      await expect(input(registrar, 0, 'right_number')).toBeFocused();
      await input(registrar, 0, 'right_number').press('Enter');
      await input(registrar, 0, 'note').fill('身份证件号码末位');
      await input(registrar, 0, 'note').press('Enter');
      await expect(rows_of(registrar)).toHaveCount(2);
      await expect(input(registrar, 1, 'kind')).toBeFocused();
      await choose(registrar, 1, absent);
      await input(registrar, 1, 'note').press('Enter');
      await expect(rows_of(registrar)).toHaveCount(3);
      await expect(registrar.page).toHaveURL(new RegExp(`/business/${check}$`));
    });

    await test.step('what is wrong is told at its cell, by the page and by the server', async () => {
      await input(registrar, 2, 'note').fill('转走');
      await input(registrar, 0, 'right_number').fill('440524188001010013');
      await registrar.page.getByTestId('submit').click();
      await expect(cell(registrar, 0, 'right_number').getByTestId('cell-fault')).toBeVisible();
      await expect(input(registrar, 0, 'right_number')).toBeFocused();
      await input(registrar, 0, 'right_number').fill('440524188001010014');
      await registrar.page.getByTestId('submit').click();
      await expect(cell(registrar, 2, 'kind').getByTestId('cell-fault')).toBeVisible();
      await expect_no_faults(registrar, 'rows with faults');
      expect(await too_wide(registrar)).toEqual({ wider_by: 0, cut: [] });
    });

    await test.step('a row is taken out; the draft is saved, and is there after a reload', async () => {
      await rows_of(registrar).nth(2).getByTestId('remove-row').click();
      await expect(rows_of(registrar)).toHaveCount(2);
      await registrar.page.getByTestId('save-draft').click();
      await expect(registrar.page).toHaveURL(/\/requests\/\d+\/edit$/);
      await registrar.page.reload();
      await expect(input(registrar, 0, 'note')).toHaveValue('身份证件号码末位');
      await expect(input(registrar, 0, 'found_on')).toHaveValue('2026-09-01');
      await expect(cell(registrar, 1, 'kind')).toContainText(absent);
      await registrar.page.getByTestId('submit').click();
      await expect(registrar.page).toHaveURL(/\/requests\/\d+$/);
    });

    const id = /requests\/(\d+)/.exec(registrar.page.url())![1]!;
    await test.step('its page shows a table, and lets the registrar begin what mends each', async () => {
      await expect(rows_of(registrar)).toHaveCount(2);
      await expect(rows_of(registrar).first()).toContainText(wrong);
      await expect(registrar.page.getByTestId('row-offer')).toHaveCount(2);
      await expect_no_faults(registrar, 'a request with rows');
      expect(await too_wide(registrar)).toEqual({ wider_by: 0, cut: [] });
      await registrar.page.getByTestId('row-offer').first().click();
      await expect(registrar.page).toHaveURL(new RegExp(`/students/${pupil.id}/business/key-information-change$`));
    });

    await test.step('the head may begin neither; sent back and corrected, the head sees what changed', async () => {
      await world.as('head').act(id, 'return', '请核对');
      const { version } = await world.as('registrar').get<Request>(`/api/v1/requests/${id}`);
      const fields = { findings: [{ kind: 'absent' }, { kind: 'other', note: '借读' }] };
      await world.as('registrar').call('PATCH', `/api/v1/requests/${id}`, { fields }, { 'If-Match': `"${version}"` });
      await world.as('registrar').act(id, 'submit');
      const head = await person('head', { language });
      await head.open(`/requests/${id}`);
      const since = head.page.getByTestId('since-last');
      await expect(since).toContainText('身份证件号码末位');
      await expect(since).toContainText('借读');
      await expect(since).not.toContainText(absent);
      await expect(rows_of(head).first()).toBeVisible();
      await expect(head.page.getByTestId('row-offer')).toHaveCount(0);
    });
  });
