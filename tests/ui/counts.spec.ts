// The figures beside the navigation are those of the lists behind them, also while others decide.
import type { Locator } from '@playwright/test';
import type { Page, Task } from './support/api.ts';
import { png } from './support/files.ts';
import { expect, test, type Person } from './support/test.ts';

/** The whole number of what the list holds, as the list itself says it. */
function listed({ page }: Person): Locator {
  return page.getByRole('navigation', { name: '翻页' }).getByRole('status');
}

const beside = ({ page }: Person, what: string): Locator => page.locator(`[data-count="${what}"]`);

test('the queue and its count agree while requests are filed and decided', async ({ person, world }) => {
  const [registrar, head] = [world.as('registrar'), world.as('head')];
  for (let filed = 0; filed < 4; filed++) await registrar.file(world.name_change(), png());
  const at_work = await person('head');
  await at_work.open('/queue');
  for (let wave = 0; wave < 3; wave++) {
    const { items } = await head.get<Page<Task>>('/api/v1/tasks?limit=4');
    await Promise.all([
      ...items.slice(0, 3).map((task) => head.act(task.request, 'approve')),
      ...items.slice(3).map((task) => head.act(task.request, 'return', '请补充材料')),
      registrar.file(world.name_change(), png()),
      registrar.file(world.name_change(), png()),
    ]);
    const waiting = await head.count('/api/v1/tasks');
    await expect(beside(at_work, 'tasks')).toHaveText(String(waiting));
    await expect(listed(at_work)).toContainText(`共 ${waiting} 条`);
  }
  at_work.expect_loaded_once();
});

test('one’s own requests and their count agree while officers decide', async ({ person, world }) => {
  const [registrar, head] = [world.as('registrar'), world.as('head')];
  const at_work = await person('registrar');
  await at_work.open('/requests');
  const before = await registrar.count('/api/v1/requests?mine=true&open=true');
  await expect(beside(at_work, 'requests')).toHaveText(String(before));
  await expect(listed(at_work)).toContainText(`共 ${before} 条`);

  const filed = await Promise.all([1, 2, 3].map(() => registrar.file(world.name_change(), png())));
  await expect(beside(at_work, 'requests')).toHaveText(String(before + 3));
  await expect(listed(at_work)).toContainText(`共 ${before + 3} 条`);
  await head.act(filed[0]!.id, 'reject', '材料不符');
  await expect(beside(at_work, 'requests')).toHaveText(String(before + 2));
  await expect(listed(at_work)).toContainText(`共 ${before + 2} 条`);
  at_work.expect_loaded_once();
});

test('the bell counts what is unread, and no longer once it was read', async ({ person, world }) => {
  const [registrar, head] = [world.as('registrar'), world.as('head')];
  const at_work = await person('registrar');
  await at_work.open('/notifications');
  const filed = await registrar.file(world.name_change(), png());
  const before = await registrar.count('/api/v1/notifications?unread=true');
  await head.act(filed.id, 'return', '第二页看不清');
  await expect.poll(() => registrar.count('/api/v1/notifications?unread=true')).toBeGreaterThan(before);
  const unread = await registrar.count('/api/v1/notifications?unread=true');
  await expect(beside(at_work, 'notifications')).toHaveText(String(unread));
  await expect(at_work.page.getByTestId('bell')).toHaveAccessibleName(new RegExp(`${unread} 条未读消息`));
  at_work.expect_loaded_once();
});
