// A registrar divides a class: in the draft every pupil is given a class, the empty ones all at once; the head sees them.
import type { Locator } from '@playwright/test';
import type { Page, Request, Student } from './support/api.ts';
import { open_from_queue } from './support/deciding.ts';
import { languages } from './support/messages.ts';
import { expect, test, type Person } from './support/test.ts';
import type { World } from './support/world.ts';

test.describe.configure({ timeout: 120_000 });

const division = 'class-division';

const row_of = (table: Locator, name: string): Locator => table.getByRole('row').filter({ hasText: name });
const each_table = ({ page }: Person): Locator => page.getByTestId('each');
const class_of = (at: Person, name: string): Locator => row_of(each_table(at), name).getByRole('textbox');
const request_in_address = (at: Person): string => /requests\/(\d+)/.exec(at.page.url())![1]!;

async function pupils_of(world: World, count: number): Promise<Student[]> {
  const names = new Map<string, Student>();
  for (const each of await world.free_students('registrar')) names.set(each.name, each);
  return [...names.values()].slice(0, count);
}

const drafted = (world: World, pupils: Student[], key: string) =>
  world
    .as('registrar')
    .post<Request>(
      '/api/v1/requests',
      { workflow: division, subjects: pupils.map(({ id }) => ({ student: id })), submit: false },
      { 'Idempotency-Key': key },
    );

for (const language of languages)
  test(`three pupils of a class each get another, ${language}`, async ({ person, world }) => {
    const pupils = await pupils_of(world, 3);
    const [first, second, third] = [pupils[0]!, pupils[1]!, pupils[2]!];
    const registrar = await person('registrar', { language });

    await test.step('the registrar chooses them, and saves a draft to fill in for each', async () => {
      await registrar.open('/students?status=in_school');
      for (const pupil of pupils) {
        await registrar.find(pupil.name);
        await row_of(registrar.page.getByTestId('students'), pupil.name).getByTestId('choose').click();
      }
      await registrar.page.getByTestId('begin-batch').click();
      await registrar.page.locator(`[data-workflow="${division}"]`).getByTestId('begin').click();
      await expect(registrar.page.getByTestId('submit')).toHaveCount(0);
      await registrar.page.getByTestId('save-draft').click();
      await expect(registrar.page).toHaveURL(/\/requests\/\d+\/edit$/);
      await expect(registrar.page.getByTestId('each-empty')).toHaveText(registrar.t('each.empty', { count: 3 }));
    });

    await test.step('it is not submitted while somebody has no class', async () => {
      await class_of(registrar, first.name).fill('甲班');
      registrar.watch.expect(/status of 422/);
      await registrar.page.getByTestId('submit').click();
      await expect(registrar.page.getByTestId('form-errors')).toContainText('2');
      await expect(registrar.page.getByTestId('each-empty')).toHaveText(registrar.t('each.empty', { count: 2 }));
    });

    await test.step('the empty ones are filled at once; it is saved, and is there after a reload', async () => {
      const fill = registrar.page.locator('[data-fill="new_class"]');
      await fill.getByRole('textbox').fill('乙班');
      await fill.getByTestId('fill-empty').click();
      await expect(registrar.page.getByTestId('each-empty')).toHaveText(registrar.t('each.complete'));
      await class_of(registrar, third.name).fill('丙班');
      await registrar.page.getByTestId('save-draft').click();
      await expect(registrar.page.getByTestId('save-draft')).toBeEnabled();
      await registrar.page.reload();
      await expect(class_of(registrar, first.name)).toHaveValue('甲班');
      await expect(class_of(registrar, second.name)).toHaveValue('乙班');
      await expect(class_of(registrar, third.name)).toHaveValue('丙班');
    });

    await test.step('one is changed and it is submitted in one go; the head sees the classes', async () => {
      await class_of(registrar, second.name).fill('丁班');
      await registrar.page.getByTestId('submit').click();
      await expect(registrar.page).toHaveURL(/\/requests\/\d+$/);
      const id = request_in_address(registrar);
      const head = await person('head', { language });
      await head.open('/queue?sort=-since');
      await open_from_queue(head, id);
      for (const [pupil, name] of [
        [first, '甲班'],
        [second, '丁班'],
        [third, '丙班'],
      ] as const)
        await expect(row_of(head.page.getByTestId('subjects'), pupil.name).locator('[data-each]')).toHaveText(name);
      await world.as('head').act(id, 'approve');
      for (const [pupil, name] of [
        [first, '甲班'],
        [second, '丁班'],
      ] as const)
        expect((await world.as('registrar').get<Student>(`/api/v1/students/${pupil.id}`)).class).toBe(name);
    });
  });

test('a class too long is marked where it is, and nothing is lost', async ({ person, world }) => {
  const pupils = await pupils_of(world, 2);
  const { id } = await drafted(world, pupils, 'too-long');
  const registrar = await person('registrar');
  await registrar.open(`/requests/${id}/edit`);
  await class_of(registrar, pupils[0]!.name).fill('甲班');
  await class_of(registrar, pupils[1]!.name).fill('字'.repeat(51));
  await expect(row_of(each_table(registrar), pupils[1]!.name).getByTestId('each-fault')).toBeVisible();
  registrar.watch.expect(/status of 422/);
  await registrar.page.getByTestId('save-draft').click();
  await expect(row_of(each_table(registrar), pupils[1]!.name).getByTestId('each-fault')).toHaveText('最多 50 个字');
  await expect(class_of(registrar, pupils[0]!.name)).toHaveValue('甲班');
  await class_of(registrar, pupils[1]!.name).fill('乙班');
  await registrar.page.getByTestId('save-draft').click();
  await expect
    .poll(async () => {
      const { items } = await world
        .as('registrar')
        .get<Page<{ fields: Record<string, string> }>>(`/api/v1/requests/${id}/subjects?limit=200`);
      return items.map(({ fields }) => fields['new_class']);
    })
    .toEqual(['甲班', '乙班']);
  await world.as('registrar').act(id, 'withdraw');
});

test('more than fit a page are filled in page by page, also those on other pages', async ({ person, world }) => {
  const pupils = (await world.free_students('registrar')).slice(0, 60);
  const { id } = await drafted(world, pupils, 'sixty-divided');
  const registrar = await person('registrar', { language: 'en' });
  await registrar.open(`/requests/${id}/edit`);
  await expect(each_table(registrar).getByRole('row')).toHaveCount(51);
  await each_table(registrar).getByRole('textbox').first().fill('1班');
  await registrar.page.getByTestId('each-next').click();
  await expect(each_table(registrar).getByRole('row')).toHaveCount(pupils.length - 50 + 1);
  await each_table(registrar).getByRole('textbox').first().fill('2班');
  await registrar.page.getByText(registrar.t('each.only_empty'), { exact: true }).click();
  await expect(registrar.page.getByTestId('each-empty')).toHaveText(registrar.t('each.empty', { count: 58 }));
  const fill = registrar.page.locator('[data-fill="new_class"]');
  await fill.getByRole('textbox').fill('3班');
  await fill.getByTestId('fill-empty').click();
  await registrar.page.getByTestId('submit').click();
  await expect(registrar.page).toHaveURL(/\/requests\/\d+$/);
  const { items } = await world
    .as('registrar')
    .get<Page<{ fields: Record<string, string> }>>(`/api/v1/requests/${id}/subjects?limit=200`);
  const classes = items.map(({ fields }) => fields['new_class']);
  expect([classes[0], classes[1], classes[50]]).toEqual(['1班', '3班', '2班']);
  expect(classes.filter((name) => name === '3班')).toHaveLength(pupils.length - 2);
  await world.as('registrar').act(id, 'withdraw');
});

test('Enter goes to the next pupil and submits nothing; a pasted column fills one after the other', async ({
  person,
  world,
}) => {
  const pupils = await pupils_of(world, 4);
  const { id } = await drafted(world, pupils, 'by-keyboard');
  const registrar = await person('registrar');
  await registrar.open(`/requests/${id}/edit`);
  const inputs = each_table(registrar).getByRole('textbox');
  await inputs.first().fill('甲班');
  await inputs.first().press('Enter');
  await expect(inputs.nth(1)).toBeFocused();
  const paste = (text: string) =>
    inputs.nth(1).evaluate((input, copied) => {
      const data = new DataTransfer();
      data.setData('text', copied);
      input.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    }, text);
  await paste('张三\t乙班\r\n李四\t丙班\r\n');
  await expect(registrar.page.getByText(registrar.t('each.one_column', { cells: 2 }))).toBeVisible();
  await expect(inputs.nth(1)).toHaveValue('');
  await paste('乙班\r\n"丙\n班"\r\n丁班\r\n戊班\r\n');
  for (const [place, name] of ['甲班', '乙班', '丙 班', '丁班'].entries())
    await expect(inputs.nth(place)).toHaveValue(name);
  await expect(registrar.page.getByText(registrar.t('each.left_over', { count: 1 }))).toBeVisible();
  await inputs.first().focus();
  await inputs.first().press('Enter');
  await registrar.page.keyboard.type('己班');
  await expect(inputs.nth(1)).toHaveValue('己班');
  await inputs.last().press('Enter');
  await expect(registrar.page).toHaveURL(/\/edit$/);
  expect((await world.as('registrar').get<Request>(`/api/v1/requests/${id}`)).state.key).toBe('draft');
  await registrar.page.getByTestId('save-draft').click();
  await expect(registrar.page.getByText(registrar.t('new_request.saved')).first()).toBeVisible();
  await world.as('registrar').act(id, 'withdraw');
});

test('what is refused on another page is shown, and what a colleague filled in is not overwritten unseen', async ({
  person,
  world,
}) => {
  const pupils = (await world.free_students('registrar')).slice(0, 60);
  const { id } = await drafted(world, pupils, 'two-at-once');
  const registrar = await person('registrar');
  await registrar.open(`/requests/${id}/edit`);
  const inputs = each_table(registrar).getByRole('textbox');
  await inputs.first().fill('字'.repeat(51));
  await registrar.page.getByTestId('each-next').click();
  await inputs.first().fill('1班');
  registrar.watch.expect(/status of 422/);
  await registrar.page.getByTestId('save-draft').click();
  await expect(registrar.page.getByTestId('each-wrong')).toBeVisible();
  await expect(inputs.first()).toHaveValue('字'.repeat(51));
  await expect(inputs.first()).toBeFocused();
  await inputs.first().fill('2班');
  const { version } = await world.as('registrar').get<Request>(`/api/v1/requests/${id}`);
  const colleague = { subjects: [{ ordinal: 9, fields: { new_class: '9班' } }] };
  await world.as('registrar').call('PATCH', `/api/v1/requests/${id}`, colleague, { 'If-Match': `"${version}"` });
  registrar.watch.expect(/status of 412/);
  await registrar.page.getByTestId('save-draft').click();
  await registrar.page.getByTestId('keep-mine').click();
  await expect(inputs.nth(8)).toHaveValue('9班');
  await expect(inputs.first()).toHaveValue('2班');
  await registrar.page.getByTestId('save-draft').click();
  await expect(registrar.page.getByText(registrar.t('new_request.saved')).first()).toBeVisible();
  await expect(registrar.page.getByTestId('each-empty')).toHaveText(registrar.t('each.empty', { count: 57 }));
  await world.as('registrar').act(id, 'withdraw');
});
