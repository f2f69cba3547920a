// Looking for a student of another school, as a registrar does with the papers on the desk.
import type { Locator } from '@playwright/test';
import type { Student } from './api.ts';
import type { Person } from './person.ts';

export const current_number = ({ numbers }: Student): string =>
  numbers.find(({ state }) => state === 'current')!.number;

/** Another digit in the place before the last: nobody's number. */
export const mistyped = (number: string): string => {
  const digit = number.at(-2)!;
  return `${number.slice(0, -2)}${(Number(digit) + 1) % 10}${number.at(-1)!}`;
};

export const found_student = ({ page }: Person): Locator => page.getByTestId('found-student');

/** On the page on which students of other schools are looked for, or where that is to be done again. */
export async function look_for(
  at: Person,
  { name, birthDate }: Pick<Student, 'name' | 'birthDate'>,
  number: string,
): Promise<void> {
  await at.page.getByLabel(at.t('other_school.number')).fill(number);
  await at.page.getByLabel(at.t('other_school.name'), { exact: true }).fill(name);
  await at.page.getByLabel(at.t('other_school.birth_date')).fill(birthDate);
  await at.page.getByTestId('find').click();
}
