// The main journey: a name is changed, from the school to the registry, with a return and a correction between. Everybody
// has their page open beforehand, and nobody loads it again.
import { name_change } from './support/api.ts';
import { comment, decide, in_queue, open_from_queue } from './support/deciding.ts';
import { choose, choose_scans, drop_scan, evidence_box, expect_uploaded, type_into } from './support/filing.ts';
import { pdf, png } from './support/files.ts';
import { languages } from './support/messages.ts';
import { expect, test } from './support/test.ts';

test.describe.configure({ timeout: 120_000 });

const comments = {
  zh: { ground: '户口登记已变更', returned: '户口簿第二页看不清，请重新扫描', approved: '与户口簿核对一致' },
  en: {
    ground: 'The household register has changed',
    returned: 'Page two of the register can’t be read; scan it again',
    approved: 'As in the register',
  },
};
const places = {
  zh: { head: '学校审核', county: '主管部门经办', approval: '主管部门审批', completed: '办结' },
  en: {
    head: 'Review by the head',
    county: 'Review by the authority',
    approval: 'Approval by the authority',
    completed: 'Completed',
  },
};

for (const language of languages)
  test(`a name change with a return and a correction, ${language}`, async ({ person, world }) => {
    const example = world.name_change();
    const before = await world.as('registrar').student(example.student);
    const new_name = example.fields.new_name!;
    const said = comments[language];
    const [registrar, head, county, approver] = [
      await person('registrar', { language }),
      await person('head', { language }),
      await person('county', { language }),
      await person('county-approver', { language }),
    ];
    await registrar.open(`/students/${before.id}`);
    for (const officer of [head, county, approver]) await officer.open('/queue?sort=-since');
    const unread = await world.as('registrar').count('/api/v1/notifications?unread=true');
    const state = registrar.page.locator('.state-tag').first();

    await test.step('the registrar files it, with one scan dropped and one chosen', async () => {
      await registrar.page.getByTestId('start-business').click();
      await registrar.page.locator(`[data-workflow="${name_change}"]`).getByTestId('begin').click();
      await expect(registrar.page).toHaveURL(new RegExp(`/business/${name_change}$`));
      await type_into(registrar, 'new_name', new_name);
      await choose(registrar, 'ground', said.ground);
      await type_into(registrar, 'reason', '公安机关出具变更证明');
      await drop_scan(registrar, 'household_register', {
        name: '户口簿首页.png',
        mimeType: 'image/png',
        buffer: png(),
      });
      await expect_uploaded(registrar, 'household_register', 1);
      await choose_scans(registrar, 'household_register', {
        name: '户口簿第二页.pdf',
        mimeType: 'application/pdf',
        buffer: pdf(),
      });
      await expect_uploaded(registrar, 'household_register', 2);
      await registrar.button('new_request.submit').click();
      await expect(registrar.page).toHaveURL(/\/requests\/\d+$/);
      await expect(state).toHaveText(places[language].head);
    });
    const id = registrar.page.url().split('/').pop()!;

    await test.step('it appears before the head, who approves', async () => {
      await expect(in_queue(head, id)).toContainText(before.name);
      await open_from_queue(head, id);
      await expect(head.page.getByRole('main')).toContainText(new_name);
      await decide(head, id, 'approve');
      await expect(state).toHaveText(places[language].county);
    });

    await test.step('it appears at the county, which returns it with a comment', async () => {
      await expect(in_queue(county, id)).toContainText(before.name);
      await open_from_queue(county, id);
      await decide(county, id, 'return', said.returned);
    });

    await test.step('the registrar sees it come back, reads why, and corrects it', async () => {
      await expect(registrar.page.getByRole('main')).toContainText(said.returned);
      await expect(registrar.page.getByTestId('bell')).toHaveAccessibleName(
        registrar.t('frame.bell', { count: unread + 1 }, unread + 1),
      );
      await registrar.page.getByTestId('show-newer').click();
      await registrar.page.getByRole('link', { name: registrar.t('request.edit') }).click();
      await expect(registrar.page.getByTestId('return-reason')).toContainText(said.returned);
      const second = evidence_box(registrar, 'household_register')
        .locator('[data-file-state]')
        .filter({ hasText: '户口簿第二页.pdf' });
      await second.getByTestId('remove-file').click();
      await drop_scan(registrar, 'household_register', {
        name: '户口簿第二页.png',
        mimeType: 'image/png',
        buffer: png(),
      });
      await expect_uploaded(registrar, 'household_register', 2);
      await registrar.button('new_request.submit').click();
      await expect(registrar.page).toHaveURL(new RegExp(`/requests/${id}$`));
      await expect(state).toHaveText(places[language].head);
    });

    await test.step('head, county and approver approve it', async () => {
      await expect(in_queue(head, id)).toBeVisible();
      await open_from_queue(head, id);
      await decide(head, id, 'approve');
      await expect(in_queue(county, id)).toBeVisible();
      await open_from_queue(county, id);
      await decide(county, id, 'approve', said.approved);
      await expect(state).toHaveText(places[language].approval);
      await expect(in_queue(approver, id)).toBeVisible();
      await open_from_queue(approver, id);
      await expect(approver.page.getByRole('main')).toContainText(said.approved);
      await expect(comment(approver)).toHaveValue('');
      await decide(approver, id, 'approve');
    });

    await test.step('the national checks find it clear, and the registrar sees it completed', async () => {
      await expect(state).toHaveText(places[language].completed, { timeout: 20_000 });
    });
    for (const one of [registrar, head, county, approver]) one.expect_loaded_once();

    await test.step('the student’s page shows the new name, and the old one in its history', async () => {
      await registrar.open(`/students/${before.id}`);
      await expect(registrar.page.getByRole('heading', { level: 1 })).toContainText(new_name);
      await expect(registrar.page.getByRole('main')).toContainText(before.name);
    });
  });
