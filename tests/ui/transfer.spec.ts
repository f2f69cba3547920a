// A student moves to a school in another county. Six people have their pages open, each at a PC of their own; nobody loads
// a page again, and everybody sees what is theirs alone.
import { Refused } from './support/api.ts';
import { decide, in_queue, open_from_queue } from './support/deciding.ts';
import { drop_scan, evidence_box, expect_uploaded, field, type_into } from './support/filing.ts';
import { png } from './support/files.ts';
import { languages } from './support/messages.ts';
import { current_number, found_student, look_for, mistyped } from './support/other_school.ts';
import type { Person } from './support/person.ts';
import { expect, test } from './support/test.ts';
import {
  business,
  expect_masked,
  expect_moved,
  file_with_scans,
  fill_in_transfer,
  in_requests,
  main_of,
  state_of,
  student_of,
  words,
} from './support/transfer.ts';

test.describe.configure({ timeout: 120_000 });

const sending = { registrar: 'registrar2', head: 'head-2111000004', authority: 'approver-110102' };

const said_of_another = { zh: '这是另一名学生', en: 'This is another pupil' };

for (const language of languages)
  test(`a student transfers to a school of another county, ${language}`, async ({ person, world }) => {
    const student = await student_of(world, sending.registrar);
    const said = words[language];
    const [receiving_school, receiving_authority, sending_school, sending_authority, completed] = said.states;
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
    const record = ({ page }: Person) => page.locator('#request-student');

    await test.step('the receiving registrar finds the student and saves a draft', async () => {
      await registrar.page.getByTestId('other-school').click();
      await look_for(registrar, student, current_number(student));
      await expect(found_student(registrar)).toContainText(student.name);
      await expect(found_student(registrar)).toContainText(student.school.name);
      await fill_in_transfer(registrar);
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
      expect(await file_with_scans(registrar, 'application', 'household_register')).toBe(id);
      await expect(state_of(registrar)).toHaveText(receiving_school);
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
        await expect_masked(officer, student);
        await decide(officer, id, 'approve');
        await expect(state_of(registrar)).toHaveText(next);
        await expect(in_requests(there, id)).toContainText(next);
      }
    });

    await test.step('the sending side decides, with the whole record', async () => {
      await in_requests(there, id).getByRole('link', { name: id, exact: true }).click();
      await expect(main_of(there)).toContainText(student.idNumber);
      await expect(record(there)).toHaveText(said.record[0]);
      for (const [officer, next] of [
        [head_there, sending_authority],
        [authority_there, completed],
      ] as const) {
        await expect(in_queue(officer, id)).toContainText(student.name);
        await open_from_queue(officer, id);
        await expect(main_of(officer)).toContainText(student.idNumber);
        await decide(officer, id, 'approve');
        await expect(state_of(registrar)).toHaveText(next);
        await expect(state_of(there)).toHaveText(next);
      }
    });

    await test.step('what the page says of the record is of when the request ended, not of today', async () => {
      for (const one of [registrar, there]) {
        await one.page.getByTestId('show-newer').click();
        await expect(record(one)).toHaveText(said.record[1]);
      }
    });

    await test.step('the student is in the list of the receiving school and in the sending one’s no more', async () => {
      await expect_moved(student, there, registrar);
    });
    for (const one of all) one.expect_loaded_once();
  });

for (const language of languages)
  test(`who is not found, and who may not transfer yet, ${language}`, async ({ person, world }) => {
    const suspended = await student_of(world, sending.registrar, 'suspended');
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
      const transfer = business(registrar, 'transfer');
      await expect(transfer.getByTestId('open-reasons')).toContainText(words[language].suspended);
      await expect(transfer.getByTestId('begin')).toHaveCount(0);
    });
  });

test('whoever was found goes as soon as another is typed', async ({ person, world }) => {
  const student = await student_of(world, sending.registrar);
  const registrar = await person('registrar');
  const begin = registrar.page.locator('[data-workflow="transfer"]').getByTestId('begin');
  await registrar.open('/students/other-school');
  for (const [fact, other] of [
    ['number', mistyped(student.idNumber)],
    ['name', `${student.name}一`],
    ['birth_date', '2001-01-31'],
  ] as const)
    await test.step(`another ${fact}`, async () => {
      await look_for(registrar, student, student.idNumber);
      await expect(begin).toBeVisible();
      const input = registrar.page.getByLabel(registrar.t(`other_school.${fact}`), { exact: true });
      await input.fill(other);
      await input.press('Tab');
      await expect(found_student(registrar)).toHaveCount(0);
      await expect(begin).toHaveCount(0);
    });
});

test('what was found holds for an hour; found again, nothing filled in is lost', async ({ person, world }) => {
  const student = await student_of(world, sending.registrar);
  const registrar = await person('registrar');
  registrar.watch.expect(/status of 404 .* at \/api\/v1\/requests$/);
  const asked: string[] = [];
  registrar.page.on('request', (request) => asked.push(decodeURIComponent(request.url())));
  await registrar.open('/students/other-school');
  await look_for(registrar, student, student.idNumber);
  await business(registrar, 'transfer').getByTestId('begin').click();
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

for (const language of languages)
  test(`what was filled in for one pupil is not filed for another, ${language}`, async ({ person, world }) => {
    const student = await student_of(world, sending.registrar);
    const colleague = world.as(sending.registrar);
    const free = (await world.free_students(sending.registrar)).find((each) => each.name !== student.name)!;
    const other = await colleague.student(free.id);
    const registrar = await person('registrar', { language });
    const { page } = registrar;
    registrar.watch.expect(/status of 404 .* at \/api\/v1\/requests$/);
    let searches = 0;
    page.on('request', (request) => (searches += request.url().endsWith('/students/find') ? 1 : 0));
    const lapse = async () => {
      await page.route(
        '**/api/v1/requests',
        (route) =>
          route.continue({
            postData: JSON.stringify({ ...(route.request().postDataJSON() as object), student: 'forgotten' }),
          }),
        { times: 1 },
      );
      await registrar.button('new_request.save_draft').click();
      await expect(page.getByTestId('lapsed')).toBeFocused();
    };
    const look_for_another = async () => {
      await look_for(registrar, other, other.idNumber);
      await expect(page.getByTestId('another-pupil')).toContainText(said_of_another[language]);
      expect(searches).toBe(expected);
    };
    await registrar.open('/students/other-school');
    await look_for(registrar, student, student.idNumber);
    await page.locator('[data-workflow="transfer"]').getByTestId('begin').click();
    await type_into(registrar, 'reason', '全家迁居');
    await drop_scan(registrar, 'application', { name: '申请表.png', mimeType: 'image/png', buffer: png() });
    await expect_uploaded(registrar, 'application', 1);
    let expected = 1;

    await test.step('another pupil is not looked for, and the form goes on for the first', async () => {
      await lapse();
      await look_for_another();
      await page.getByTestId('as-before').click();
      await expect(page.getByTestId('another-pupil')).toHaveCount(0);
      await expect(page.getByLabel(registrar.t('other_school.name'), { exact: true })).toHaveValue(student.name);
      await registrar.button('other_school.find_again').click();
      await expect(page.getByTestId('lapsed')).toHaveCount(0);
      await expect(field(registrar, 'reason').getByRole('textbox')).toHaveValue('全家迁居');
      expected = 2;
    });

    await test.step('or is begun for the other anew, without a word and without a scan', async () => {
      await lapse();
      await look_for_another();
      await page.getByTestId('begin-anew').click();
      await registrar.button('new_request.leave').click();
      await expect(found_student(registrar)).toHaveCount(0);
      await page.getByTestId('find').click();
      await expect(found_student(registrar)).toContainText(other.name);
      await page.locator('[data-workflow="transfer"]').getByTestId('begin').click();
      await expect(field(registrar, 'reason').getByRole('textbox')).toHaveValue('');
      await expect(evidence_box(registrar, 'application').locator('[data-file-state]')).toHaveCount(0);
    });
  });

test('whoever opens no business between schools does not look for pupils of others', async ({ person }) => {
  for (const username of ['head', 'county-approver', 'admin']) {
    const officer = await person(username);
    await officer.open('/students');
    await expect(officer.page.getByTestId('other-school')).toHaveCount(0);
    for (const path of ['/students/other-school', '/students/other-school/transfer']) {
      await officer.open(path);
      await expect(officer.page.getByTestId('not-for-you')).toContainText('无权查看');
      await expect(officer.page.getByTestId('find-form')).toHaveCount(0);
    }
  }
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
