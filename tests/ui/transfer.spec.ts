// A student moves to a school in another county. Six people have their pages open, each at a PC of their own; nobody loads
// a page again, and everybody sees what is theirs alone.
import { Refused, type Page, type Student } from './support/api.ts';
import { decide, in_queue, open_from_queue } from './support/deciding.ts';
import { drop_scan, evidence_box, expect_uploaded, field, type_into } from './support/filing.ts';
import { png } from './support/files.ts';
import { languages } from './support/messages.ts';
import { current_number, found_student, look_for, mistyped } from './support/other_school.ts';
import { expect, test, type Person } from './support/test.ts';
import type { World } from './support/world.ts';

test.describe.configure({ timeout: 120_000 });

const sending = { registrar: 'registrar2', head: 'head-2111000004', authority: 'approver-110102' };

const words = {
  zh: {
    ground: '户籍迁移',
    schools: { receiving: '转入学校', sending: '转出学校' },
    states: ['转入学校核办', '转入学校主管部门核办', '转出学校核办', '转出学校主管部门核办', '办结'],
    suspended: '学生正在休学，须先在原学校复学，再办理转学',
    nobody: '没有号码、姓名、出生日期都相符的学生，请核对后再查',
  },
  en: {
    ground: 'The household register has moved',
    schools: { receiving: 'Receiving school', sending: 'Sending school' },
    states: [
      'Receiving school',
      'Authority of the receiving school',
      'Sending school',
      'Authority of the sending school',
      'Completed',
    ],
    suspended: 'it is first resumed at the original school, then the pupil can transfer',
    nobody: 'No student has this number, name and birth date together',
  },
};

/** Of the sending school, with nothing open. */
async function student_there(world: World, status = 'in_school'): Promise<Student> {
  const registrar = world.as(sending.registrar);
  const { items } = await registrar.get<Page<Student>>(`/api/v1/students?status=${status}&limit=200`);
  return registrar.student(items.findLast((each) => !each.openRequest)!.id);
}

const in_requests = ({ page }: Person, request: string) =>
  page.getByRole('row').filter({ has: page.locator(`a[href="/requests/${request}"]`) });
const in_students = ({ page }: Person, student: string) =>
  page.getByTestId('students').locator(`a[href="/students/${student}"]`);

for (const language of languages)
  test(`a student transfers to a school of another county, ${language}`, async ({ person, world }) => {
    const student = await student_there(world);
    const said = words[language];
    const [receiving_school, receiving_authority, sending_school, sending_authority, completed] = said.states as [
      string,
      string,
      string,
      string,
      string,
    ];
    const [registrar, head, authority] = [
      await person('registrar', { language }),
      await person('head', { language }),
      await person('county-approver', { language }),
    ];
    const [there, head_there, authority_there] = [
      await person(sending.registrar, { language }),
      await person(sending.head, { language }),
      await person(sending.authority, { language }),
    ];
    const all = [registrar, head, authority, there, head_there, authority_there];
    await registrar.open('/students');
    for (const officer of [head, authority, head_there, authority_there]) await officer.open('/queue?sort=-since');
    await there.open('/requests?scope=all&show=all');
    const state = ({ page }: Person) => page.locator('.state-tag').first();
    const main = ({ page }: Person) => page.getByRole('main');

    await test.step('the receiving registrar finds the student and saves a draft', async () => {
      await registrar.page.getByTestId('other-school').click();
      await look_for(registrar, student, current_number(student));
      await expect(found_student(registrar)).toContainText(student.name);
      await expect(found_student(registrar)).toContainText(student.school.name);
      await registrar.page.locator('[data-workflow="transfer"]').getByTestId('begin').click();
      await field(registrar, 'ground').getByText(said.ground).click();
      await type_into(registrar, 'reason', '全家迁居');
      await type_into(registrar, 'new_class', '3班');
      await registrar.button('new_request.save_draft').click();
      await expect(registrar.page).toHaveURL(/\/requests\/\d+\/edit$/);
    });
    const id = /requests\/(\d+)/.exec(registrar.page.url())![1]!;

    await test.step('the sending school is told nothing of a draft', async () => {
      const refusal = await world
        .as(sending.registrar)
        .request(id)
        .catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(Refused);
      expect((refusal as Refused).status).toBe(404);
      await expect(in_requests(there, id)).toHaveCount(0);
    });

    await test.step('the registrar adds the scans and files it', async () => {
      for (const kind of ['application', 'household_register']) {
        await expect(evidence_box(registrar, kind)).toBeVisible();
        await drop_scan(registrar, kind, { name: `${kind}.png`, mimeType: 'image/png', buffer: png() });
        await expect_uploaded(registrar, kind, 1);
      }
      await registrar.button('new_request.submit').click();
      await expect(registrar.page).toHaveURL(new RegExp(`/requests/${id}$`));
      await expect(state(registrar)).toHaveText(receiving_school);
      await expect(in_requests(there, id)).toContainText(receiving_school);
    });

    await test.step('the receiving side decides, without the whole numbers', async () => {
      for (const [officer, next] of [
        [head, receiving_authority],
        [authority, sending_school],
      ] as const) {
        await expect(in_queue(officer, id)).toContainText(student.name);
        await open_from_queue(officer, id);
        const places = officer.page.getByTestId('places');
        await expect(places.locator('[data-place="receiving"]')).toContainText(said.schools.receiving);
        await expect(places.locator('[data-place="sending"]')).toContainText(student.school.name);
        await expect(main(officer)).toContainText(officer.t('request.masked'));
        await expect(main(officer)).not.toContainText(student.idNumber);
        await expect(officer.page.locator(`a[href="/students/${student.id}"]`)).toHaveCount(0);
        await decide(officer, id, 'approve');
        await expect(state(registrar)).toHaveText(next);
        await expect(in_requests(there, id)).toContainText(next);
      }
    });

    await test.step('the sending side decides, with the whole record', async () => {
      await in_requests(there, id).getByRole('link', { name: id, exact: true }).click();
      await expect(main(there)).toContainText(student.idNumber);
      for (const [officer, next] of [
        [head_there, sending_authority],
        [authority_there, completed],
      ] as const) {
        await expect(in_queue(officer, id)).toContainText(student.name);
        await open_from_queue(officer, id);
        await expect(main(officer)).toContainText(student.idNumber);
        await decide(officer, id, 'approve');
        await expect(state(registrar)).toHaveText(next);
        await expect(state(there)).toHaveText(next);
      }
    });

    await test.step('the student is in the list of the receiving school and in the sending one’s no more', async () => {
      await registrar.go('page.students');
      await registrar.find(student.name);
      await expect(in_students(registrar, student.id)).toBeVisible();
      await there.go('page.students');
      await there.find(student.name);
      await expect(in_students(there, student.id)).toHaveCount(0);
    });
    for (const one of all) one.expect_loaded_once();
  });

for (const language of languages)
  test(`who is not found, and who may not transfer yet, ${language}`, async ({ person, world }) => {
    const suspended = await student_there(world, 'suspended');
    const number = suspended.idNumber;
    const registrar = await person('registrar', { language });
    registrar.watch.expect(/status of 404 .*\/students\/find/);
    await registrar.open('/students/other-school');

    await test.step('what is still to be given is marked', async () => {
      await registrar.page.getByTestId('find').click();
      await expect(registrar.page.getByText(registrar.t('other_school.number_needed'))).toBeVisible();
      await expect(registrar.page.getByLabel(registrar.t('other_school.number'))).toBeFocused();
    });

    await test.step('one wrong digit finds nobody, and nothing typed is lost', async () => {
      await look_for(registrar, suspended, mistyped(number));
      await expect(registrar.page.getByTestId('find-refusal')).toContainText(words[language].nobody);
      await expect(found_student(registrar)).toHaveCount(0);
      await expect(registrar.page.getByLabel(registrar.t('other_school.number'))).toHaveValue(mistyped(number));
      await expect(registrar.page.getByTestId('number-hint')).toBeVisible();
    });

    await test.step('a suspended student is found, and the transfer refused with what to do', async () => {
      await look_for(registrar, suspended, number);
      await expect(found_student(registrar)).toContainText(suspended.name);
      await expect(registrar.page.getByTestId('find-refusal')).toHaveCount(0);
      const transfer = registrar.page.locator('[data-workflow="transfer"]');
      await expect(transfer.getByTestId('open-reasons')).toContainText(words[language].suspended);
      await expect(transfer.getByTestId('begin')).toHaveCount(0);
    });
  });

test('what was found holds for an hour; found again, nothing filled in is lost', async ({ person, world }) => {
  const student = await student_there(world);
  const registrar = await person('registrar');
  registrar.watch.expect(/status of 404 .* at \/api\/v1\/requests$/);
  const asked: string[] = [];
  registrar.page.on('request', (request) => asked.push(decodeURIComponent(request.url())));
  await registrar.open('/students/other-school');
  await look_for(registrar, student, student.idNumber);
  await registrar.page.locator('[data-workflow="transfer"]').getByTestId('begin').click();
  await type_into(registrar, 'reason', '全家迁居');
  // As after an hour: the server is asked by a handle that it does not know.
  await registrar.page.route(
    '**/api/v1/requests',
    (route) =>
      route.continue({
        postData: JSON.stringify({ ...(route.request().postDataJSON() as object), student: 'forgotten' }),
      }),
    { times: 1 },
  );
  await registrar.button('new_request.save_draft').click();
  await expect(registrar.page.getByTestId('lapsed')).toBeFocused();
  await registrar.button('other_school.find_again').click();
  await expect(registrar.page.getByTestId('lapsed')).toHaveCount(0);
  await expect(field(registrar, 'reason').getByRole('textbox')).toHaveValue('全家迁居');
  await registrar.button('new_request.save_draft').click();
  await expect(registrar.page).toHaveURL(/\/requests\/\d+\/edit$/);
  registrar.expect_loaded_once();

  await test.step('no address and no storage tells whom somebody looked for, and the page forgets it', async () => {
    const kept = await registrar.page.evaluate(() =>
      JSON.stringify([{ ...localStorage }, { ...sessionStorage }, history.state, document.cookie]),
    );
    for (const text of [...asked, kept])
      for (const secret of [student.name, student.idNumber, student.birthDate]) expect(text).not.toContain(secret);
    await registrar.go('page.students');
    await registrar.page.getByTestId('other-school').click();
    await expect(registrar.page.getByLabel('学籍号或身份证件号码')).toHaveValue('');
    await expect(found_student(registrar)).toHaveCount(0);
  });
});

test('too many searches: how long to wait', async ({ person }) => {
  const registrar = await person('registrar');
  registrar.watch.expect(/status of 429 .*\/students\/find/);
  await registrar.page.route('**/api/v1/students/find', (route) =>
    route.fulfill({
      status: 429,
      headers: { 'Retry-After': '7', 'Content-Type': 'application/problem+json' },
      body: JSON.stringify({ type: '/problems/rate-limited', title: '请求过于频繁', status: 429 }),
    }),
  );
  await registrar.open('/students/other-school');
  await look_for(registrar, { name: '张三', birthDate: '2015-09-01' }, '11010519491231002X');
  await expect(registrar.page.getByTestId('find-refusal')).toContainText('请 7 秒后再试');
  await expect(registrar.page.getByLabel('姓名', { exact: true })).toHaveValue('张三');
});
