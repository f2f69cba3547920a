// A G number is deleted: prepared by the province, decided by two officers of the ministry, retired for ever.
import { g_deletion } from './support/api.ts';
import { decide, in_queue, open_from_queue } from './support/deciding.ts';
import { choose_scans, expect_uploaded, field, type_into } from './support/filing.ts';
import { pdf } from './support/files.ts';
import { languages } from './support/messages.ts';
import { expect, test } from './support/test.ts';

test.describe.configure({ timeout: 120_000 });

const words = {
  zh: { ground: '重复学籍', completed: '办结', retired: '停用' },
  en: { ground: 'Duplicate status', completed: 'Completed', retired: 'Retired' },
};

for (const language of languages)
  test(`the deletion of a G number, ${language}`, async ({ person, world }) => {
    const example = world.deletion();
    const number = example.fields.number!;
    const [province, approver, ministry, last] = [
      await person('province', { language }),
      await person('province-approver', { language }),
      await person('ministry', { language }),
      await person('ministry-approver', { language }),
    ];
    await province.open(`/students/${example.student}/business/${g_deletion}`);
    for (const officer of [approver, ministry, last]) await officer.open('/queue?sort=-since');
    const state = province.page.locator('.state-tag').first();

    await test.step('the province files it with its certification', async () => {
      await field(province, 'number').getByRole('radio').first().check({ force: true });
      await field(province, 'ground').getByText(words[language].ground).click();
      await type_into(province, 'statement', example.fields.statement!);
      await choose_scans(province, 'certification', { name: '认定书.pdf', mimeType: 'application/pdf', buffer: pdf() });
      await expect_uploaded(province, 'certification', 1);
      await province.button('new_request.submit').click();
      await expect(province.page).toHaveURL(/\/requests\/\d+$/);
    });
    const id = province.page.url().split('/').pop()!;

    for (const officer of [approver, ministry, last])
      await test.step(`it appears before ${officer.username}, who approves`, async () => {
        await expect(in_queue(officer, id)).toBeVisible();
        await open_from_queue(officer, id);
        await expect(officer.page.getByRole('main')).toContainText(example.fields.statement!);
        await decide(officer, id, 'approve');
      });

    await expect(state).toHaveText(words[language].completed);
    for (const one of [province, approver, ministry, last]) one.expect_loaded_once();

    await test.step('the number is shown as retired on the student’s page, and found by searching', async () => {
      await province.open(`/students/${example.student}`);
      const shown = province.page
        .getByRole('row')
        .or(province.page.getByRole('listitem'))
        .filter({ hasText: number.slice(1, 7) });
      await expect(shown.filter({ hasText: words[language].retired }).first()).toBeVisible();
      await province.open('/students');
      await province.find(number.slice(-6));
      await expect(province.page.locator(`a[href="/students/${example.student}"]`).first()).toBeVisible();
    });
  });
