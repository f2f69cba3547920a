// A registrar moves several pupils into another class by one request: from the list of students, or without naming them;
// the head sees who they are, sets one aside and approves; both pages go on by themselves.
import type { Locator } from '@playwright/test';
import type { Page, Request, Student, Task } from './support/api.ts';
import { action, decide, in_queue, open_from_queue } from './support/deciding.ts';
import { choose as choose_one, choose_from_list, type_into } from './support/filing.ts';
import { languages } from './support/messages.ts';
import { expect, test, type Person } from './support/test.ts';

test.describe.configure({ timeout: 120_000 });

const class_change = 'class-change';

/** The row of a pupil in a table, wherever the table is. */
const row_of = (table: Locator, name: string): Locator => table.getByRole('row').filter({ hasText: name });
const subjects = ({ page }: Person): Locator => page.getByTestId('subjects');
const request_in_address = (at: Person): string => /requests\/(\d+)/.exec(at.page.url())![1]!;

async function choose(at: Person, pupil: Student): Promise<void> {
  await row_of(at.page.getByTestId('students'), pupil.name).getByTestId('choose').click();
  await expect(at.page.getByRole('checkbox', { name: at.t('batch.select_one', { name: pupil.name }) })).toBeChecked();
}

async function to_the_form(at: Person): Promise<void> {
  await at.page.locator(`[data-workflow="${class_change}"]`).getByTestId('begin').click();
  await expect(at.page).toHaveURL(new RegExp(`/students/batch/${class_change}$`));
  await at.settled();
}

const ground = { zh: '学生调班', en: 'Pupils move to another class' };
const heading = { zh: (name: string) => `${name} 等 3 人`, en: (name: string) => `${name} and others (3 students)` };

for (const language of languages)
  test(`three pupils change their class, one is set aside, ${language}`, async ({ person, world }) => {
    const names = new Map<string, Student>();
    for (const each of await world.free_students('registrar')) names.set(each.name, each);
    const pupils = [...names.values()].slice(0, 3);
    const [first, second] = [pupils[0]!, pupils[1]!];
    const registrar = await person('registrar', { language });
    const head = await person('head', { language });
    await head.open('/queue?sort=-since');

    await test.step('the registrar chooses them in the list', async () => {
      await registrar.open('/students?status=in_school');
      for (const pupil of pupils) {
        await registrar.find(pupil.name);
        await choose(registrar, pupil);
      }
      await expect(registrar.page.getByTestId('chosen-bar')).toContainText('3');
      await registrar.page.getByTestId('begin-batch').click();
      await expect(registrar.page.getByTestId('chosen-students').getByRole('row')).toHaveCount(4);
      await to_the_form(registrar);
      await choose_one(registrar, 'ground', ground[language]);
      await type_into(registrar, 'new_class', '试点班');
      await registrar.page.getByTestId('submit').click();
      await expect(registrar.page).toHaveURL(/\/requests\/\d+$/);
      await expect(registrar.page.getByRole('heading', { level: 1 })).toContainText(heading[language](first.name));
      await expect(subjects(registrar).getByRole('row')).toHaveCount(4);
    });
    const id = request_in_address(registrar);

    await test.step('the head sets one aside and says why', async () => {
      await expect(in_queue(head, id)).toContainText(heading[language](first.name));
      await open_from_queue(head, id);
      await row_of(subjects(head), second.name).getByTestId('set-aside').click();
      await head.page.getByTestId('confirm-set-aside').click();
      await expect(head.page.getByRole('alert')).toHaveText(head.t('subjects.reason_needed'));
      await head.page.getByTestId('reason').fill('已转入外校');
      await head.page.getByTestId('confirm-set-aside').click();
      await expect(row_of(subjects(head), second.name)).toContainText('已转入外校');
      await expect(head.page.getByTestId('set-aside-count')).toHaveText(
        head.t('subjects.set_aside_count', { count: 1 }),
      );
      await expect(row_of(subjects(head), second.name).getByTestId('set-aside')).toHaveCount(0);
      await head.page.getByText(head.t('subjects.taking_part'), { exact: true }).click();
      await expect(subjects(head).getByRole('row')).toHaveCount(3);
    });

    await test.step('it is approved, and both records are written', async () => {
      await decide(head, id, 'approve');
      await expect(registrar.page.getByTestId('newer')).toContainText(registrar.t('outcome.completed'));
      await registrar.page.getByTestId('show-newer').click();
      await expect(row_of(subjects(registrar), first.name)).toContainText(registrar.t('outcome.completed'));
      await expect(row_of(subjects(registrar), second.name)).toContainText('已转入外校');
      const folded = registrar.page.getByTestId('folded-acts');
      await expect(folded).toContainText(registrar.t('history.applied', { count: 2 }));
      await folded.getByRole('button', { name: registrar.t('history.show_each') }).click();
      await expect(folded.getByTestId('about')).toHaveText([first.name, pupils[2]!.name]);
      for (const pupil of pupils) {
        const { class: now } = await world.as('registrar').get<Student>(`/api/v1/students/${pupil.id}`);
        expect(now).toBe(pupil === second ? pupil.class : '试点班');
      }
    });
    registrar.watch.expect(/status of 404/);
  });

test('nobody is named: the server chooses the class, and shows whom', async ({ person, world }) => {
  const { class: old_class, grade } = (await world.free_students('registrar')).at(-1)!;
  const listed = `/api/v1/students?class=${encodeURIComponent(old_class)}&limit=200`;
  const { items } = await world.as('registrar').get<Page<Student>>(listed);
  const count = items.filter((each) => each.grade === grade).length;
  const registrar = await person('registrar');
  await registrar.open('/students');
  await registrar.page.getByTestId('batch').click();
  await expect(registrar.page.getByTestId('nobody-chosen')).toBeVisible();
  await to_the_form(registrar);
  await expect(registrar.page.getByTestId('server-chooses')).toBeVisible();
  await choose_one(registrar, 'ground', ground.zh);
  await type_into(registrar, 'class', '没有这个班');
  await type_into(registrar, 'new_class', '更名班');
  registrar.watch.expect(/status of 422/);
  await registrar.page.getByTestId('save-draft').click();
  await expect(registrar.page.getByTestId('form-errors')).toContainText('本校没有符合条件的学生');
  await type_into(registrar, 'class', old_class);
  await choose_from_list(registrar, 'grade', registrar.t(`grade.${grade}`));
  await registrar.page.getByTestId('save-draft').click();
  await expect(registrar.page).toHaveURL(/\/requests\/\d+\/edit$/);
  await expect(registrar.page.getByTestId('subjects-card')).toContainText(registrar.t('subjects.title', { count }));
  // A draft holds the whole class, of whom some are other tests' own.
  await world.as('registrar').act(request_in_address(registrar), 'withdraw');
});

test('a whole class is chosen by the filter, also those on other pages', async ({ person, world }) => {
  const registrar = await person('registrar');
  const { count } = await world
    .as('registrar')
    .get<Page<Student>>('/api/v1/students?status=in_school&limit=1&count=true');
  await registrar.open('/students?status=in_school');
  await registrar.page.getByTestId('choose-all').click();
  await expect(registrar.page.getByTestId('chosen-bar')).toContainText(registrar.t('batch.chosen', { count: count! }));
  await registrar.page.getByTestId('choose-none').click();
  await expect(registrar.page.getByTestId('begin-batch')).toBeDisabled();
});

test('a request of more than twenty is looked through page by page, and its history says in one line what was written', async ({
  person,
  world,
}) => {
  const pupils = (await world.free_students('registrar')).slice(0, 60);
  const { id } = await world.as('registrar').post<Request>(
    '/api/v1/requests',
    {
      workflow: class_change,
      subjects: pupils.map(({ id: student }) => ({ student })),
      fields: { ground: 'moved', new_class: '大班' },
      submit: true,
    },
    { 'Idempotency-Key': 'sixty' },
  );
  const head = await person('head', { language: 'en' });
  await head.open(`/requests/${id}`);
  await expect(subjects(head).getByRole('row')).toHaveCount(21);
  await head.page.getByTestId('show-all').click();
  await expect(subjects(head).getByRole('row')).toHaveCount(51);
  await head.button('subjects.next').click();
  await expect(subjects(head).getByRole('row')).toHaveCount(pupils.length - 50 + 1);
  const [task] = (await world.as('head').get<Page<Task>>('/api/v1/tasks?limit=200')).items.filter(
    (each) => each.request === id,
  );
  expect(task).toBeDefined();
  await action(head, 'approve').click();
  await head.page.getByTestId('confirm').click();
  await expect(head.page.getByTestId('folded-acts')).toContainText(
    head.t('history.applied', { count: pupils.length }),
    {
      timeout: 30_000,
    },
  );
  await expect(head.page.locator('.state-tag').first()).toContainText('Completed');
  await expect(head.page.getByTestId('applying')).toHaveCount(0);
});

test('whoever loads the page anew is told that the chosen pupils are gone, and is given no others', async ({
  person,
  world,
}) => {
  const pupil = (await world.free_students('registrar'))[0]!;
  const registrar = await person('registrar');
  await registrar.open('/students?status=in_school');
  await registrar.find(pupil.name);
  await choose(registrar, pupil);
  await registrar.page.getByTestId('begin-batch').click();
  await to_the_form(registrar);
  await expect(registrar.page.getByTestId('chosen-students')).toBeVisible();
  await registrar.page.reload();
  await expect(registrar.page.getByTestId('lost')).toContainText(registrar.t('batch.lost', { count: 1 }));
  await expect(registrar.page.getByTestId('server-chooses')).toBeHidden();
  await registrar.page.getByRole('button', { name: registrar.t('batch.let_system') }).click();
  await expect(registrar.page.getByTestId('server-chooses')).toBeVisible();
});
