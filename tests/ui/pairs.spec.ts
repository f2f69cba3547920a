// Two records of one name and birth date: the county sees them side by side, says which goes on, another officer
// confirms, and the record that was merged leads to the one that goes on.
import type { Page, Request } from './support/api.ts';
import { decide, open_from_queue } from './support/deciding.ts';
import { choose, drop_scan, expect_uploaded, field, type_into } from './support/filing.ts';
import { png } from './support/files.ts';
import { languages } from './support/messages.ts';
import { expect, test } from './support/test.ts';
import type { World } from './support/world.ts';

interface Subject {
  ordinal: number;
  id: string | null;
  student: { name: string; idNumber: string | null; numbers: { kind: string; state: string }[] };
}
interface PairRequest extends Request {
  subjects: Subject[];
}

const verdict = { zh: '是同一名学生，合并', en: 'They are one student, and the records are merged' };

/** One that waits for the county and has at most one G number in it. */
async function waiting_pair(world: World): Promise<PairRequest> {
  const county = world.as('county');
  const listed = await county.get<Page<PairRequest>>('/api/v1/requests?workflow=problem-status&open=true&limit=200');
  const tasks = await county.get<Page<{ request: string }>>('/api/v1/tasks?limit=200');
  const has_g = ({ student }: Subject) =>
    student.numbers.some(({ kind, state }) => kind === 'G' && state === 'current');
  const found = listed.items.find(
    ({ id, state, subjects }) =>
      state.key === 'settling' && tasks.items.some(({ request }) => request === id) && !subjects.every(has_g),
  );
  if (!found) throw new Error('no pair waits for the county');
  return county.get(`/api/v1/requests/${found.id}`);
}

for (const language of languages)
  test(`two records of one student are merged, ${language}`, async ({ person, world }) => {
    const request = await waiting_pair(world);
    const goes_on = request.subjects.find(({ student }) => student.idNumber) ?? request.subjects[0]!;
    const ends = request.subjects.find(({ ordinal }) => ordinal !== goes_on.ordinal)!;
    const county = await person('county', { language });
    const approver = await person('county-approver', { language });
    await approver.open('/queue?sort=-since');

    await test.step('the reviewer compares them and says which goes on', async () => {
      await county.open(`/requests/${request.id}/edit`);
      await expect(county.page.getByTestId('pair-card')).toBeVisible();
      await expect(county.page.getByTestId('pair-name')).toContainText(goes_on.student.name);
      await choose(county, 'verdict', verdict[language]);
      await field(county, 'survivor')
        .getByText(county.t('pair.record', { ordinal: goes_on.ordinal }))
        .click();
      await type_into(county, 'statement', '户口簿一致');
      await drop_scan(county, 'proof', { name: '户口簿.png', mimeType: 'image/png', buffer: png() });
      await expect_uploaded(county, 'proof', 1);
      await county.page.getByTestId('submit').click();
      await expect(county.page).toHaveURL(new RegExp(`/requests/${request.id}$`));
    });

    await test.step('another officer sees it come, and confirms', async () => {
      await open_from_queue(approver, request.id);
      await expect(
        approver.page.getByTestId(`pair-record-${goes_on.ordinal}`).getByTestId('pair-chosen'),
      ).toBeVisible();
      await decide(approver, request.id, 'keep_one');
    });

    await test.step('the merged record leads to the one that goes on', async () => {
      await county.open(`/students/${ends.id}`);
      await county.page.getByRole('main').locator(`a[href="/students/${goes_on.id}"]`).first().click();
      await expect(county.page).toHaveURL(new RegExp(`/students/${goes_on.id}$`));
      await expect(county.page.getByRole('heading', { level: 1 })).toContainText(goes_on.student.name);
    });
  });
