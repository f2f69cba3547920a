// A transfer: what its people read, and what the registrar of the receiving school does.
import { expect, type Locator } from '@playwright/test';
import type { Student } from './api.ts';
import { drop_scan, evidence_box, expect_uploaded, field, type_into } from './filing.ts';
import { png } from './files.ts';
import type { Person } from './person.ts';
import type { World } from './world.ts';

export const words = {
  zh: {
    ground: '户籍迁移',
    schools: { receiving: '转入学校', sending: '转出学校' },
    states: ['转入学校核办', '转入学校主管部门核办', '转出学校核办', '转出学校主管部门核办', '办结'],
    suspended: '学生正在休学，须先在原学校复学，再办理转学',
    record: ['学生现有学籍', '业务结束时的学籍'],
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
    record: ['The record today', 'The record when the request ended'],
    nobody: 'No student has this number, name and birth date together',
  },
} as const;

/** Of that registrar's school, with an ID number and nothing open. */
export async function student_of(world: World, username: string, status = 'in_school'): Promise<Student> {
  const free = await world.free_students(username, status);
  return world.as(username).student(free.findLast((each) => each.idNumber)!.id);
}

export const in_requests = ({ page }: Person, request: string): Locator =>
  page.getByRole('row').filter({ has: page.locator(`a[href="/requests/${request}"]`) });
export const in_students = ({ page }: Person, student: string): Locator =>
  page.getByTestId('students').locator(`a[href="/students/${student}"]`);
/** Of the request that is open. */
export const state_of = ({ page }: Person): Locator => page.locator('.state-tag').first();
export const main_of = ({ page }: Person): Locator => page.getByRole('main');
export const business = ({ page }: Person, key: string): Locator => page.locator(`[data-workflow="${key}"]`);

/** Begins it for the student who was found, and fills in all but the scans. */
export async function fill_in_transfer(registrar: Person): Promise<void> {
  await business(registrar, 'transfer').getByTestId('begin').click();
  await field(registrar, 'ground').getByText(words[registrar.language].ground).click();
  await type_into(registrar, 'reason', '全家迁居');
  await type_into(registrar, 'new_class', '3班');
}

/** Adds a scan of each kind and files it; which request it is. */
export async function file_with_scans(registrar: Person, ...kinds: string[]): Promise<string> {
  for (const kind of kinds) {
    await expect(evidence_box(registrar, kind)).toBeVisible();
    await drop_scan(registrar, kind, { name: `${kind}.png`, mimeType: 'image/png', buffer: png() });
    await expect_uploaded(registrar, kind, 1);
  }
  await registrar.button('new_request.submit').click();
  await expect(registrar.page).toHaveURL(/\/requests\/\d+$/);
  return registrar.page.url().split('/').pop()!;
}

/** An officer of the receiving side sees whom it is about, and neither whole numbers nor a way to the record. */
export async function expect_masked(officer: Person, student: Student): Promise<void> {
  await expect(main_of(officer)).toContainText(officer.t('request.masked'));
  await expect(main_of(officer)).not.toContainText(student.idNumber);
  await expect(officer.page.locator(`a[href="/students/${student.id}"]`)).toHaveCount(0);
}

/** The pupil is in the list of one school and in the other's no more. */
export async function expect_moved(student: Student, from: Person, to: Person): Promise<void> {
  for (const [registrar, count] of [
    [to, 1],
    [from, 0],
  ] as const) {
    await registrar.go('page.students');
    await registrar.find(student.name);
    await expect(in_students(registrar, student.id)).toHaveCount(count);
  }
}
