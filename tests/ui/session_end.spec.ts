// The session ends in the middle of a form: one signs in again, and goes on with what one had typed.
import { name_change, password } from './support/api.ts';
import { choose, drop_scan, evidence_box, expect_uploaded, field, type_into } from './support/filing.ts';
import { png } from './support/files.ts';
import { expect, test } from './support/test.ts';

test('a form outlives its session', async ({ person, world }) => {
  const student = (await world.free_students('registrar')).at(-1)!;
  const registrar = await person('registrar');
  registrar.watch.expect(/status of 401 /, /WebSocket connection to .* failed/);
  const { page } = registrar;
  await registrar.open(`/students/${student.id}/business/${name_change}`);
  await type_into(registrar, 'new_name', '欧阳𠮷祥');
  await choose(registrar, 'ground', '户口登记已变更');
  await type_into(registrar, 'reason', '公安机关出具变更证明');
  await drop_scan(registrar, 'household_register', { name: '户口簿.png', mimeType: 'image/png', buffer: png() });
  await expect_uploaded(registrar, 'household_register', 1);

  // Signed out elsewhere: the server forgets the session, the page is told by the live line.
  const cookies = await registrar.context.cookies();
  const ended = await fetch(`http://127.0.0.1:${world.port}/api/v1/session`, {
    method: 'DELETE',
    headers: { Cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; ') },
  });
  expect(ended.status).toBe(204);

  const dialog = page.getByRole('dialog', { name: '请重新登录' });
  await expect(dialog).toBeVisible();
  await expect(dialog).toContainText('登录已过期。重新登录后可以接着办理，本页已填写的内容不会丢失。');
  await expect(dialog.getByLabel('用户名')).toHaveValue('registrar');
  await dialog.getByLabel('密码').fill('wrong');
  await dialog.getByRole('button', { name: '登录', exact: true }).click();
  await expect(dialog.getByRole('alert')).toHaveText('用户名或密码不正确');
  await dialog.getByLabel('密码').fill(password);
  await dialog.getByRole('button', { name: '登录', exact: true }).click();
  await expect(dialog).toBeHidden();

  await expect(field(registrar, 'new_name').getByRole('textbox')).toHaveValue('欧阳𠮷祥');
  await expect(field(registrar, 'reason').getByRole('textbox')).toHaveValue('公安机关出具变更证明');
  await expect(evidence_box(registrar, 'household_register')).toContainText('户口簿.png');
  await registrar.button('new_request.submit').click();
  await expect(page).toHaveURL(/\/requests\/\d+$/);
  const filed = await world.as('registrar').request(page.url().split('/').pop()!);
  expect(filed.state.key).toBe('head_review');
  expect(filed.student.id).toBe(student.id);
  registrar.expect_loaded_once();
});

test('a session that ends while one submits loses nothing either', async ({ person, world }) => {
  const student = (await world.free_students('registrar')).at(-1)!;
  const registrar = await person('registrar');
  registrar.watch.expect(/status of 401 /, /WebSocket connection to .* failed/);
  await registrar.open(`/students/${student.id}/business/${name_change}`);
  await type_into(registrar, 'new_name', '司马安然');
  await choose(registrar, 'ground', '原登记有误');
  await type_into(registrar, 'reason', '原登记时录入错误');
  await drop_scan(registrar, 'household_register', { name: '户口簿.png', mimeType: 'image/png', buffer: png() });
  await expect_uploaded(registrar, 'household_register', 1);
  await registrar.context.clearCookies();
  await registrar.button('new_request.submit').click();
  const dialog = registrar.page.getByRole('dialog', { name: '请重新登录' });
  await dialog.getByLabel('密码').fill(password);
  await dialog.getByRole('button', { name: '登录', exact: true }).click();
  await expect(dialog).toBeHidden();
  await registrar.button('new_request.submit').click();
  await expect(registrar.page).toHaveURL(/\/requests\/\d+$/);
  registrar.expect_loaded_once();
});
