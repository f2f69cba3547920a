// Two officers have the same request open, and one decides: the other is told what changed, never by an error.
import { action, comment, decide } from './support/deciding.ts';
import { png } from './support/files.ts';
import { expect, test } from './support/test.ts';

/** A colleague with the same post. */
const colleague = 'county-colleague';

test.beforeAll(async ({ world }) => {
  const admin = world.as('admin');
  const me = await world.as('county').get<{ posts: { office: { id: string } }[] }>('/api/v1/me');
  const { proposed } = await admin.post<{ proposed: { id: string }[] }>('/api/v1/accounts', {
    username: colleague,
    name: '王芳',
    password: 'xueji-demo',
    posts: [{ office: me.posts[0]!.office.id, role: 'reviewer' }],
  });
  for (const { id } of proposed) await world.as('admin2').post(`/api/v1/accounts/${colleague}/posts/${id}/confirm`, {});
});

test('the other officer sees a banner with what changed', async ({ person, world }) => {
  const filed = await world.as('registrar').file(world.name_change(), png());
  await world.as('head').act(filed.id, 'approve');
  const [one, other] = [await person('county'), await person(colleague)];
  for (const officer of [one, other]) await officer.open(`/requests/${filed.id}`);
  await comment(other).fill('与户口簿不符');

  await action(one, 'approve').click();
  const banner = other.page.getByTestId('newer');
  await expect(banner).toBeVisible();
  await expect(banner).toContainText('同意');
  await expect(banner).toContainText((await world.as('county').get<{ name: string }>('/api/v1/me')).name);
  await expect(comment(other)).toHaveValue('与户口簿不符');
  await expect(action(other, 'approve')).toBeDisabled();
  one.expect_loaded_once();
  other.expect_loaded_once();
});

test('whose line is cut learns it when they decide, and their comment is kept', async ({ person, world }) => {
  const filed = await world.as('registrar').file(world.name_change(), png());
  await world.as('head').act(filed.id, 'approve');
  const officer = await person(colleague);
  officer.watch.expect(/status of 412 .*\/actions\/approve/);
  await officer.open(`/requests/${filed.id}`);
  await comment(officer).fill('与户口簿核对一致');
  officer.line.cut('live events');
  await world.as('county').act(filed.id, 'return', '请补充材料');

  await action(officer, 'approve').click();
  const banner = officer.page.getByTestId('newer');
  await expect(banner).toBeVisible();
  await expect(banner).toContainText('退回');
  await expect(officer.page.locator('.el-message-box, .el-message--error')).toHaveCount(0);
  await expect(comment(officer)).toHaveValue('与户口簿核对一致');
  expect((await world.as('county').request(filed.id)).state.key).toBe('draft');
});

test('a decision is told in the queue, and the next one is offered', async ({ person, world }) => {
  for (let filed = 0; filed < 2; filed++) {
    const { id } = await world.as('registrar').file(world.name_change(), png());
    await world.as('head').act(id, 'approve');
  }
  const officer = await person('county');
  await officer.open('/queue?sort=-since');
  const link = officer.page.getByRole('row').nth(1).locator('[data-request]');
  const id = (await link.getAttribute('data-request'))!;
  await link.click();
  await officer.settled();
  await decide(officer, id, 'approve');
  await expect(officer.page.getByTestId('decided')).toContainText('已办理：同意');
  await expect(officer.page).toHaveURL(/\/queue\?sort=-since$/);
  await officer.page.getByTestId('next').click();
  await expect(officer.page).toHaveURL(/\/requests\/\d+$/);
});
