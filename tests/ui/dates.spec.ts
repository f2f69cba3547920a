// A date that nobody can read is said to be one, stays as it was typed, and is neither searched nor saved.
import { type Student } from './support/api.ts';
import { field } from './support/filing.ts';
import { languages } from './support/messages.ts';
import { found_student, look_for } from './support/other_school.ts';
import { expect, test } from './support/test.ts';
import type { World } from './support/world.ts';

const said = { zh: '看不出是哪一天，请写全年月日，如 2026-09-01', en: 'This is not a whole date' };

async function student_of(world: World, registrar: string): Promise<Student> {
  return world.as(registrar).student((await world.free_students(registrar)).at(-1)!.id);
}

for (const language of languages)
  test(`a birth date of which a half is typed is not searched, ${language}`, async ({ person, world }) => {
    const student = await student_of(world, 'registrar2');
    const registrar = await person('registrar', { language });
    const birth_date = registrar.page.getByLabel(registrar.t('other_school.birth_date'), { exact: true });
    const searches: string[] = [];
    registrar.page.on('request', (request) => {
      if (request.url().endsWith('/students/find')) searches.push(request.postData() ?? '');
    });
    await registrar.open('/students/other-school');
    await look_for(registrar, student, student.idNumber);
    await expect(found_student(registrar)).toBeVisible();

    for (const half of ['2015年1月', '2015-1', '2015-02-30']) {
      await birth_date.fill(half);
      await birth_date.press('Enter');
      await expect(registrar.page.getByText(said[language])).toBeVisible();
      await expect(birth_date).toHaveValue(half);
      await expect(birth_date).toBeFocused();
      await registrar.page.getByTestId('find').click();
      await expect(birth_date).toHaveValue(half);
      await expect(found_student(registrar)).toHaveCount(0);
    }
    expect(searches).toHaveLength(1);

    const [year, month, day] = student.birthDate.split('-').map(Number);
    await birth_date.fill(`${year}年${month}月${day}日`);
    await birth_date.press('Tab');
    await expect(birth_date).toHaveValue(student.birthDate);
    await expect(registrar.page.getByText(said[language])).toHaveCount(0);
    await registrar.page.getByTestId('find').click();
    await expect(found_student(registrar)).toContainText(student.name);
    expect(searches).toHaveLength(2);
  });

test('a date of a form is kept as it was typed, and not saved', async ({ person, world }) => {
  const student = await student_of(world, 'registrar');
  const registrar = await person('registrar');
  await registrar.open(`/students/${student.id}/business/suspension`);
  const from = field(registrar, 'from').getByRole('textbox');
  await from.fill('2026年9月');
  await expect(field(registrar, 'from').getByTestId('field-fault')).toHaveCount(0);
  await from.press('Tab');
  await expect(field(registrar, 'from').getByTestId('field-fault')).toHaveText('请填写真实的日期，如 2026-09-01');
  await expect(from).toHaveValue('2026年9月');
  await registrar.button('new_request.save_draft').click();
  await expect(from).toBeFocused();
  await expect(registrar.page).toHaveURL(/suspension$/);

  await test.step('the calendar puts in a day, by keys', async () => {
    await from.fill('2026-09-10');
    await from.press('Tab');
    await expect(field(registrar, 'from').getByRole('button', { name: '从日历中选择' })).toBeFocused();
    await registrar.page.keyboard.press('Enter');
    await expect(registrar.page.locator('td:focus')).toHaveText('10');
    await registrar.page.keyboard.press('ArrowRight');
    await expect(registrar.page.locator('td:focus')).toHaveText('11');
    await registrar.page.keyboard.press('ArrowDown');
    await expect(registrar.page.locator('td:focus')).toHaveText('18');
    await expect(from).toHaveValue('2026-09-10');
    await registrar.page.keyboard.press('Enter');
    await expect(from).toHaveValue('2026-09-18');
    await expect(from).toBeFocused();
  });

  await test.step('and none to who only looks into it', async () => {
    await from.fill('2026年9月');
    await from.press('Tab');
    await registrar.page.keyboard.press('Enter');
    await expect(registrar.page.locator('td:focus')).toBeVisible();
    await registrar.page.keyboard.press('Escape');
    await expect(from).toBeFocused();
    await expect(from).toHaveValue('2026年9月');
  });
});

test('a post is not lent until a day that nobody can read', async ({ person }) => {
  const head = await person('head');
  await head.open('/delegation');
  await head.page
    .getByRole('button', { name: head.t('delegation.lend') })
    .first()
    .click();
  const dialog = head.page.getByRole('dialog', { name: head.t('delegation.lend') });
  const until = dialog.getByLabel(head.t('delegation.until'));
  const kept = await until.inputValue();
  await until.fill('2027');
  await until.press('Tab');
  await expect(dialog).toContainText(said.zh);
  await expect(until).toHaveValue('2027');
  await expect(dialog.getByRole('button', { name: head.t('delegation.lend'), exact: true })).toBeDisabled();

  await until.fill(kept);
  await dialog.getByRole('button', { name: '从日历中选择' }).click();
  await head.page.locator('td.available').getByText('28', { exact: true }).click();
  await expect(until).toHaveValue(/-28$/);
});

test('the audit trail is not narrowed by a day that nobody can read', async ({ person }) => {
  const admin = await person('admin');
  await admin.open('/administration/audit');
  const from = admin.page.getByLabel(admin.t('audit.from'), { exact: true });
  await from.fill('2026-11');
  await from.press('Enter');
  await expect(admin.page.getByRole('alert')).toHaveText(said.zh);
  await expect(from).toHaveValue('2026-11');
  await expect(admin.page).toHaveURL(/audit$/);
  await from.fill('2026/11/1');
  await from.press('Enter');
  await expect(admin.page).toHaveURL(/from=2026-11-01/);
  await expect(admin.page.getByRole('alert')).toHaveCount(0);
});
