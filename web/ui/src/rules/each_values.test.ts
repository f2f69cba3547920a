import { describe, expect, it } from 'vitest';
import type { Subject } from '@/api/types';
import {
  common_fields,
  each_fields,
  sent_for_each,
  shown_for,
  still_empty,
  typed_then,
  value_for,
} from './each_values';
import { field } from './form_fixtures';

const new_class = field({ key: 'new_class', type: 'text', each: true, required: true });
const statement = field({ key: 'statement', type: 'text' });
const result = field({ key: 'result', type: 'choice', each: true, choices: [{ key: 'graduated', title: '毕业' }] });
const subject = (ordinal: number, fields: Record<string, string> = {}, aside = false): Subject => ({
  ordinal,
  register: 'student',
  id: String(ordinal),
  fields,
  ...(aside ? { setAside: { by: 'system', byName: '系统', at: '2026-09-01T01:00:00Z', reason: '不在校' } } : {}),
});
const subjects = [subject(1, { new_class: '5班' }), subject(2), subject(3, {}, true)];

describe('a value for each student', () => {
  it('is no part of the form', () => {
    expect(common_fields([statement, new_class])).toEqual([statement]);
    expect(each_fields([statement, new_class])).toEqual([new_class]);
  });

  it('is what is typed, else what was saved', () => {
    const typed = typed_then(subjects[0]!, {}, 'new_class', '6班');
    expect(value_for(subjects[0]!, typed, 'new_class')).toBe('6班');
    expect(value_for(subjects[0]!, {}, 'new_class')).toBe('5班');
    expect(value_for(subjects[1]!, {}, 'new_class')).toBe('');
  });

  it('is nothing to save where it is typed as it was', () => {
    const typed = typed_then(subjects[0]!, {}, 'new_class', '6班');
    expect(typed_then(subjects[0]!, typed, 'new_class', '5班')).toEqual({});
    expect(typed_then(subjects[1]!, typed, 'new_class', '')).toEqual(typed);
  });

  it('is sent with all that the student has, and only of those who were changed', () => {
    const several = [subject(1, { new_class: '5班', result: 'graduated' }), subject(2)];
    const typed = typed_then(several[0]!, {}, 'new_class', '6班');
    expect(sent_for_each(several, typed, [new_class, result])).toEqual([
      { ordinal: 1, fields: { new_class: '6班', result: 'graduated' } },
    ]);
    expect(sent_for_each(several, { 1: { new_class: '', result: '' } }, [new_class, result])).toEqual([
      { ordinal: 1, fields: {} },
    ]);
  });

  it('is missing where somebody who takes part has none', () => {
    expect(still_empty(subjects, {}, 'new_class')).toEqual([subjects[1]]);
    expect(still_empty(subjects, { 1: { new_class: ' ' }, 2: { new_class: '6班' } }, 'new_class')).toEqual([
      subjects[0],
    ]);
  });

  it('is read by the title of a choice', () => {
    expect(shown_for(subject(1, { result: 'graduated' }), 'result', result.choices ?? [])).toBe('毕业');
    expect(shown_for(subjects[0]!, 'new_class', [])).toBe('5班');
    expect(shown_for(subjects[1]!, 'new_class', [])).toBe('');
  });
});
