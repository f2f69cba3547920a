// A shared computer: a colleague signs in in another tab. What the first tab meant to do is not done in their name.
import { name_change, password, type Student } from './support/api.ts';
import { choose, drop_scan, expect_uploaded, field, type_into } from './support/filing.ts';
import { png } from './support/files.ts';
import type { Person } from './support/person.ts';
import { expect, test } from './support/test.ts';
import type { World } from './support/world.ts';

async function begin_form(registrar: Person, world: World): Promise<Student> {
  const student = (await world.free_students('registrar')).at(-1)!;
  await registrar.open(`/students/${student.id}/business/${name_change}`);
  await type_into(registrar, 'new_name', '诸葛安澜');
  await choose(registrar, 'ground', '户口登记已变更');
  await type_into(registrar, 'reason', '公安机关出具变更证明');
  await drop_scan(registrar, 'household_register', { name: '户口簿.png', mimeType: 'image/png', buffer: png() });
  await expect_uploaded(registrar, 'household_register', 1);
  return student;
}

async function sign_in_again(registrar: Person) {
  const dialog = registrar.page.getByTestId('other-account');
  await dialog.getByLabel('密码').fill(password);
  await dialog.getByRole('button', { name: '登录', exact: true }).click();
  await expect(dialog).toBeHidden();
}

test('the first tab is told at once, and goes on after signing in again', async ({ person, world }) => {
  const registrar = await person('registrar');
  registrar.watch.expect(/status of 401 /, /WebSocket connection to .* failed/);
  const student = await begin_form(registrar, world);

  const second = await registrar.context.newPage();
  await second.goto(new URL('/sign-in', registrar.page.url()).href);
  await second.getByLabel('用户名').fill('head');
  await second.getByLabel('密码').fill(password);
  await second.getByRole('button', { name: '登录', exact: true }).click();
  await expect(second).not.toHaveURL(/sign-in/);

  const dialog = registrar.page.getByTestId('other-account');
  await expect(dialog).toContainText('head 刚在本浏览器中登录');
  await sign_in_again(registrar);
  await expect(second.getByTestId('other-account')).toContainText('registrar');
  await second.close();
  await expect(field(registrar, 'new_name').getByRole('textbox')).toHaveValue('诸葛安澜');
  await registrar.button('new_request.submit').click();
  await expect(registrar.page).toHaveURL(/\/requests\/\d+$/);
  const filed = await world.as('registrar').request(registrar.page.url().split('/').pop()!);
  expect([filed.student.id, filed.openedBy]).toEqual([student.id, 'registrar']);
  registrar.expect_loaded_once();
});

test('an act that reaches the server in a session of somebody else is refused, and nothing typed is lost', async ({
  person,
  world,
}) => {
  const registrar = await person('registrar');
  registrar.watch.expect(/status of 409 .*\/requests/, /status of 401 /, /WebSocket connection to .* failed/);
  const student = await begin_form(registrar, world);
  // Nothing tells the tab: the browser's cookie alone is another's.
  const answer = await registrar.context.request.post(new URL('/api/v1/session', registrar.page.url()).href, {
    data: { username: 'head', password, mode: 'cookie' },
    headers: { Origin: new URL(registrar.page.url()).origin },
  });
  expect(answer.status()).toBe(201);

  await registrar.button('new_request.submit').click();
  await expect(registrar.page.getByTestId('other-account')).toContainText('head 刚在本浏览器中登录');
  const now = await world.as('registrar').get<Student>(`/api/v1/students/${student.id}`);
  expect(now.openRequest).toBeNull();
  await sign_in_again(registrar);
  await registrar.button('new_request.submit').click();
  await expect(registrar.page).toHaveURL(/\/requests\/\d+$/);
  registrar.expect_loaded_once();
});
