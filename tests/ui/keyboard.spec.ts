// Without a mouse: signing in, opening the queue, deciding. The focus is always seen.
import { action, in_queue } from './support/deciding.ts';
import { png } from './support/files.ts';
import { expect, test, type Person } from './support/test.ts';

interface Focus {
  what: string;
  visible: boolean;
}

/** What has the focus, and whether a ring or a line shows it. */
function focus({ page }: Person): Promise<Focus> {
  return page.evaluate(() => {
    const focused = document.activeElement as HTMLElement;
    const shows = (element: Element | null): boolean => {
      if (!element) return false;
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
      return (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1) || boxShadow !== 'none';
    };
    // The input of a checkbox has no size of its own.
    const box = (focused.closest('.el-checkbox') ?? focused).getBoundingClientRect();
    const parts = [
      focused,
      focused.parentElement,
      focused.nextElementSibling,
      focused.closest('.el-input__wrapper, .el-select__wrapper, .el-checkbox'),
    ];
    return {
      what: `${focused.tagName} ${focused.getAttribute('aria-label') ?? focused.textContent?.trim().slice(0, 40) ?? ''} ${focused.className}`,
      visible: parts.some(shows) && box.width > 0 && box.bottom > 0 && box.top < innerHeight,
    };
  });
}

/** Tabs on until `there` has the focus; on the way every stop must be seen. */
async function tab_to(at: Person, there: string): Promise<void> {
  for (let steps = 0; steps < 80; steps++) {
    if (await at.page.evaluate((selector) => document.activeElement?.matches(selector) ?? false, there)) return;
    await at.page.keyboard.press('Tab');
    const now = await focus(at);
    expect(now.visible, `the focus is seen on ${now.what}`).toBe(true);
  }
  throw new Error(`Tab does not lead to ${there}`);
}

test('an officer signs in, opens the queue and decides by the keyboard alone', async ({ person, world }) => {
  const filed = await world.as('registrar').file(world.name_change(), png());
  const head = await person('head', { signed_in: false });
  const { page } = head;
  await page.goto('/sign-in?to=/queue');
  await expect(page.getByLabel('用户名')).toBeVisible();
  await tab_to(head, 'input[name="username"]');
  await page.keyboard.type('head');
  await page.keyboard.press('Tab');
  await page.keyboard.type('xueji-demo');
  await page.keyboard.press('Enter');
  await expect(in_queue(head, filed.id)).toBeVisible();

  await tab_to(head, `[data-request="${filed.id}"]`);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`/requests/${filed.id}$`));
  await expect(action(head, 'approve')).toBeVisible();
  await tab_to(head, '[data-action="approve"]');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('decided')).toBeVisible();
  await expect(in_queue(head, filed.id)).toHaveCount(0);
  expect((await world.as('head').request(filed.id)).state.key).toBe('county_review');
});

test('the first stop leads past the navigation', async ({ person }) => {
  const head = await person('head');
  await head.open('/queue');
  await head.page.keyboard.press('Tab');
  await expect(head.page.getByRole('link', { name: '跳到正文' })).toBeFocused();
  await head.page.keyboard.press('Enter');
  await expect(head.page.locator('#content')).toBeFocused();
});

test('a return is chosen, explained and given up by Escape', async ({ person, world }) => {
  const filed = await world.as('registrar').file(world.name_change(), png());
  const head = await person('head');
  await head.open(`/requests/${filed.id}`);
  await tab_to(head, '[data-action="return"]');
  await head.page.keyboard.press('Enter');
  await expect(head.page.getByTestId('confirm')).toBeVisible();
  await head.page.keyboard.press('Escape');
  await expect(head.page.getByTestId('confirm')).toHaveCount(0);
  expect((await world.as('head').request(filed.id)).state.key).toBe('head_review');
});
