import { expect, it } from 'vitest';
import type { Workflow } from '@/api/types';
import { field } from './form_fixtures';
import { request_fields } from './request_fields';

const number = 'G510107201505234656';
const fields = { ground: 'false_status', number, statement: '', new_name: '王洋' };
const changes = [{ field: 'new_name', title: '新姓名', old: '王明', new: '王洋' }];
const workflow: Pick<Workflow, 'fields'> = {
  fields: [
    { key: 'number', type: 'student_number', title: '学籍号', required: true },
    {
      key: 'ground',
      type: 'choice',
      title: '事由',
      required: true,
      choices: [{ key: 'false_status', title: '虚假学籍' }],
    },
    { key: 'statement', type: 'text', title: '说明', required: false },
    { key: 'new_name', type: 'person_name', title: '新姓名', required: false },
  ],
};

it('goes by the definition, leaves out what is empty or a change', () => {
  expect(request_fields({ fields, changes }, workflow)).toEqual([
    { key: 'number', title: '学籍号', value: number, show: 'number' },
    { key: 'ground', title: '事由', value: '虚假学籍', show: 'choice' },
  ]);
});

it('says which of a pair is meant by its place', () => {
  const form = { fields: [{ key: 'survivor', type: 'subject' as const, title: '保留的学籍', required: false }] };
  expect(request_fields({ fields: { survivor: '2' }, changes: [] }, form)).toEqual([
    { key: 'survivor', title: '保留的学籍', value: '2', show: 'subject' },
  ]);
});

it('leaves a school to be called by its name', () => {
  const form = { fields: [{ key: 'new_school', type: 'school' as const, title: '转入学校', required: true }] };
  expect(request_fields({ fields: { new_school: '21' }, changes: [] }, form)).toEqual([
    { key: 'new_school', title: '转入学校', value: '21', show: 'school' },
  ]);
});

it('does without a definition', () => {
  expect(request_fields({ fields, changes }, undefined).map(({ title, show }) => [title, show])).toEqual([
    ['ground', 'text'],
    ['number', 'number'],
  ]);
});

it('shows rows as a table of them, and none where there are none', () => {
  const rows = [{ note: '一' }];
  const workflow = { fields: [field({ key: 'findings', type: 'rows', title: '发现' })] };
  expect(request_fields({ fields: { findings: rows }, changes: [] }, workflow)).toMatchObject([
    { key: 'findings', title: '发现', show: 'rows', rows },
  ]);
  expect(request_fields({ fields: { findings: rows }, changes: [] }, undefined)).toMatchObject([
    { key: 'findings', show: 'rows', rows },
  ]);
  expect(request_fields({ fields: {}, changes: [] }, workflow)).toEqual([]);
});
