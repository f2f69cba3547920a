// A suspended pupil of Guangdong is to go to a school of Beijing: refused, resumed where the record is, transferred. Six
// people of four offices have their pages open, some read English; nobody loads a page again, and everybody sees what is
// theirs alone.
import { Refused } from './support/api.ts';
import { action, decide, in_queue, open_from_queue } from './support/deciding.ts';
import { choose_from_list, field } from './support/filing.ts';
import { current_number, found_student, look_for } from './support/other_school.ts';
import { expect, test, type Person } from './support/test.ts';
import {
  business,
  expect_masked,
  expect_moved,
  file_with_scans,
  fill_in_transfer,
  main_of,
  state_of,
  student_of,
  words,
} from './support/transfer.ts';

test.describe.configure({ timeout: 180_000 });

const receiving = ['registrar', 'head', 'county-approver'] as const;
const sending = ['registrar-2144000015', 'head-2144000015', 'approver-440106'] as const;

/** Between provinces alone. */
const fetching = '转入学校调取学籍档案';

const resumption = { ground: '休学期满', states: ['学校审核', '主管部门审批', '办结'] } as const;

test('between two provinces: refused while suspended, resumed at the original school, then transferred', async ({
  person,
  world,
}) => {
  const student = await student_of(world, sending[0], 'suspended');
  const [registrar, there, ...officers] = await Promise.all([
    person(receiving[0]),
    person(sending[0]),
    person(receiving[1]),
    person(receiving[2], { language: 'en' }),
    person(sending[1], { language: 'en' }),
    person(sending[2]),
  ]);
  const [head_there, authority_there] = officers.slice(2) as [Person, Person];
  await Promise.all([
    registrar.open('/students/other-school'),
    there.open(`/students/${student.id}`),
    ...officers.map((officer) => officer.open('/queue?sort=-since')),
  ]);

  /** Of all whose queues are open it is before that officer alone. */
  const expect_before = async (request: string, holder: Person | null) => {
    for (const officer of officers) await expect(in_queue(officer, request)).toHaveCount(officer === holder ? 1 : 0);
  };
  const refused_to = async (request: string, usernames: readonly string[]) => {
    for (const username of usernames) {
      const refusal = await world
        .as(username)
        .request(request)
        .catch((error: unknown) => error);
      expect((refusal as Refused).status, `what ${username} is told of request ${request}`).toBe(404);
    }
  };
  const approved_by = async (officer: Person, request: string) => {
    await expect_before(request, officer);
    await open_from_queue(officer, request);
    await decide(officer, request, 'approve');
  };

  await test.step('the receiving registrar finds the pupil and reads what is to be done first', async () => {
    await look_for(registrar, student, current_number(student));
    await expect(found_student(registrar)).toContainText(student.school.name);
    await expect(business(registrar, 'transfer').getByTestId('open-reasons')).toContainText(words.zh.suspended);
    await expect(business(registrar, 'transfer').getByTestId('begin')).toHaveCount(0);
  });

  await test.step('the original school resumes the pupil, and nobody else is told', async () => {
    await there.page.getByTestId('start-business').click();
    await business(there, 'resumption').getByTestId('begin').click();
    await field(there, 'ground').getByText(resumption.ground).click();
    const day = field(there, 'back_on').locator('input');
    await day.fill('2026-09-01');
    await day.press('Enter');
    await choose_from_list(there, 'new_grade', there.t(`grade.${student.grade}`));
    const resumed = await file_with_scans(there, 'application');
    await expect(state_of(there)).toHaveText(resumption.states[0]);
    await approved_by(head_there, resumed);
    await expect(state_of(there)).toHaveText(resumption.states[1]);
    await refused_to(resumed, receiving);
    await approved_by(authority_there, resumed);
    await expect(state_of(there)).toHaveText(resumption.states[2]);
  });

  const open_request = there.page.getByTestId('open-request');
  await test.step('the original school goes on to the pupil’s page, where nothing is under way', async () => {
    await there.page.locator(`a[href="/students/${student.id}"]`).first().click();
    await there.settled();
    await expect(open_request).toHaveCount(0);
  });

  const id = await test.step('the receiving registrar finds the pupil again and files the transfer', async () => {
    await look_for(registrar, student, current_number(student));
    await fill_in_transfer(registrar);
    return file_with_scans(registrar, 'application', 'household_register');
  });

  await test.step('the original school sees it come, and opens it', async () => {
    await expect(open_request).toContainText(words.zh.states[0]);
    await there.button('student.see_request').click();
    await expect(there.page).toHaveURL(new RegExp(`/requests/${id}$`));
    await expect(main_of(there)).toContainText(student.idNumber);
  });

  await test.step('both sides decide in turn, the receiving one without the whole numbers', async () => {
    for (const [place, officer] of officers.entries()) {
      await expect(state_of(registrar)).toHaveText(words.zh.states[place]!);
      await expect_before(id, officer);
      await open_from_queue(officer, id);
      await expect(state_of(officer)).toHaveText(words[officer.language].states[place]!);
      if (place < 2) await expect_masked(officer, student);
      else await expect(main_of(officer)).toContainText(student.idNumber);
      await decide(officer, id, 'approve');
      await expect(state_of(there)).toHaveText(place < 3 ? words.zh.states[place + 1]! : fetching);
    }
    await expect_before(id, null);
  });

  await test.step('the receiving registrar fetches the record, and everybody sees it completed', async () => {
    await expect(state_of(registrar)).toHaveText(fetching);
    await registrar.button('request.show_newer').click();
    await action(registrar, 'fetch').click();
    await registrar.page.getByTestId('confirm').click();
    for (const one of [registrar, there]) await expect(state_of(one)).toHaveText(words.zh.states[4]);
  });

  await test.step('the pupil is with the receiving school, and what was done before stays with the original one', async () => {
    await expect_moved(student, there, registrar);
  });
  for (const one of [registrar, there, ...officers]) one.expect_loaded_once();
});
