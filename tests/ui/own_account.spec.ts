// One's own account, and what administrators see of it in the audit trail.
import { password } from './support/api.ts';
import { languages } from './support/messages.ts';
import { expect, test } from './support/test.ts';

for (const language of languages)
  test(`a password is changed, a session ended, and the trail tells it, ${language}`, async ({ person }) => {
    const deputy = await person('deputy', { language });
    await deputy.open('/account');
    const { page } = deputy;
    const fill = async (old: string, chosen: string, again = chosen) => {
      await page.locator('input[name="old"]').fill(old);
      await page.locator('input[name="new"]').fill(chosen);
      await page.locator('input[name="again"]').fill(again);
      await deputy.button('own_account.change').click();
    };
    deputy.watch.expect(/status of 422 .* at \/api\/v1\/me\/password$/);
    await fill(password, '12345678');
    await expect(page.locator('.el-form-item__error')).toHaveCount(1);
    await fill(password, 'a long enough one', 'another');
    await expect(page.getByText(deputy.t('own_account.differs'))).toBeVisible();
    await fill(password, 'a long enough one');
    await expect(page.getByText(deputy.t('own_account.changed'))).toBeVisible();
    await fill('a long enough one', `${password} `);
    await expect(page.locator('input[name="old"]')).toHaveValue('');
    await fill(`${password} `, password);
    await expect(page.locator('input[name="old"]')).toHaveValue('');

    await deputy.take_session();
    await deputy.open('/account');
    const ends = page.locator('table').getByRole('button');
    const before = await ends.count();
    await ends.first().click();
    await expect(ends).toHaveCount(before - 1);

    const admin = await person('admin', { language });
    await admin.open('/administration/audit?account=deputy');
    await expect(admin.page.getByText(admin.t('audit.actions.password_changed')).first()).toBeVisible();
    await expect(admin.page.getByText(admin.t('audit.actions.session_ended')).first()).toBeVisible();
    const wide = await admin.page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);
    expect(wide).toBe(true);
  });

for (const language of languages)
  test(`a second factor is set up once the password was given again, ${language}`, async ({ person }) => {
    const officer = await person('province2', { language });
    await officer.open('/account');
    const { page } = officer;
    const again = page.locator('input[name="password"]');
    const set_up = officer.button('own_account.factor_begin');
    await expect(set_up).toBeDisabled();
    officer.watch.expect(/status of 422 .* at \/api\/v1\/me\/second-factor$/);
    await again.fill('not the password');
    await set_up.click();
    await expect(page.locator('.el-form-item__error')).toHaveCount(1);
    await again.fill(password);
    await set_up.click();
    await expect(page.locator('.factor__secret')).toHaveText(/^[A-Z2-7]{20,}$/);
    await expect(again).toHaveCount(0);
  });
