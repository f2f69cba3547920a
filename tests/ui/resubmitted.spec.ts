// Returned and submitted again with another scan and another name: the county sees both rounds and what changed.
import { action, comment } from './support/deciding.ts';
import { drop_scan, expect_uploaded, type_into } from './support/filing.ts';
import { png } from './support/files.ts';
import { expect, test } from './support/test.ts';

test('the county sees what changed since the last submission, and the scans of both', async ({ person, world }) => {
  const example = world.name_change();
  const filed = await world.as('registrar').file(example, png());
  await world.as('head').act(filed.id, 'approve');
  await world.as('county').act(filed.id, 'return', '扫描件不是新户口簿');

  const registrar = await person('registrar');
  await registrar.open(`/requests/${filed.id}/edit`);
  await type_into(registrar, 'reason', '公安机关已换发户口簿');
  await drop_scan(registrar, 'household_register', { name: '新户口簿.png', mimeType: 'image/png', buffer: png() });
  await expect_uploaded(registrar, 'household_register', 2);
  await registrar.page.getByRole('button', { name: /移除/ }).first().click();
  await registrar.button('new_request.submit').click();
  await expect(registrar.page).toHaveURL(new RegExp(`/requests/${filed.id}$`));
  // One's own act is no news: the page that follows shows the new state at once.
  await expect(registrar.page.getByTestId('newer')).toHaveCount(0);
  await expect(registrar.page.locator('.heading, .request__facts').first()).toContainText('学校审核');
  await world.as('head').act(filed.id, 'approve');

  const county = await person('county');
  await county.open(`/requests/${filed.id}`);
  const since = county.page.getByTestId('since-last');
  await expect(since).toContainText('公安机关已换发户口簿');
  await expect(since).toContainText('新户口簿.png');
  await county.page.getByTestId('submission-choice').click();
  await county.page.getByRole('option', { name: /第 1 次提交/ }).click();
  await expect(county.page.locator('.viewer__list')).not.toContainText('新户口簿.png');
  await expect(comment(county)).toBeVisible();
  await expect(action(county, 'approve')).toBeEnabled();
  await action(county, 'approve').click();
  await expect(county.page.getByTestId('since-last')).toBeVisible();
});
