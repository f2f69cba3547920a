import { describe, expect, it } from 'vitest';
import type { Student } from '@/api/types';
import { student } from './form_fixtures';
import { chosen_of_pair, pair_rows } from './pair_rows';

const t = (key: string) => key;
const class_words = ({ grade, class: class_name }: Student) => `${grade} ${class_name ?? ''}`.trim();
const number = (kind: 'G' | 'L', state: 'current' | 'former', since: string) => ({
  number: `${kind}44052418800101001${since.at(-1)}`,
  kind,
  state,
  since: `${since}T00:00:00Z`,
});
const differing = (...students: Student[]) =>
  Object.fromEntries(
    pair_rows(
      students.map((each) => ({ student: each })),
      t,
      class_words,
    ).map(({ key, differs }) => [key, differs]),
  );

describe('the two records of a pair', () => {
  it('say in which rows they differ', () => {
    const other: Student = { ...student, id: '2', idNumber: null, school: { id: '19', name: '第二小学' } };
    expect(differing(student, other)).toEqual({
      name: false,
      sex: false,
      birth_date: false,
      id_number: true,
      numbers: true,
      status: false,
      school: true,
      class: false,
    });
  });

  it('say nothing of what one of them does not tell', () => {
    const masked = '440524************';
    const foreign: Student = { ...student, class: null, idNumber: masked };
    expect(differing({ ...student, idNumber: masked }, foreign)).toMatchObject({ id_number: null, class: null });
    expect(differing({ ...student, idNumber: null }, foreign)).toMatchObject({ id_number: true });
    expect(differing({ ...student, birthDate: null }, student)).toMatchObject({ birth_date: null });
  });

  it('have the number that is in use first', () => {
    const numbers = [number('L', 'former', '2020-09-01'), number('G', 'current', '2021-04-02')];
    const rows = pair_rows([{ student: { ...student, numbers } }, { student }], t, class_words);
    const cells = rows.find(({ key }) => key === 'numbers')?.cells;
    expect(cells?.[0]?.numbers?.map(({ state }) => state)).toEqual(['current', 'former']);
    expect(cells?.[1]?.numbers).toEqual([]);
  });
});

it('the record that goes on is the one that the form names', () => {
  const workflow = { fields: [{ key: 'survivor', type: 'subject' }] };
  expect(chosen_of_pair({ survivor: '2' }, workflow)).toBe(2);
  expect(chosen_of_pair({ survivor: '' }, workflow)).toBeNull();
  expect(chosen_of_pair({}, workflow)).toBeNull();
  expect(chosen_of_pair({ survivor: '2' }, undefined)).toBeNull();
});
